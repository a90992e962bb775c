#!/usr/bin/env python3
"""Who denies whom, and how fast: python3 denials.py STORE

Each part can be run as the cell of a notebook, where rows show themselves as tables.
"""

# %% the store, and what it holds
import collections
import statistics
import sys

import gainsay

g = gainsay.open(sys.argv[1])
status = next(g.status())
print(f"{status.statements} statements in {status.documents} documents")

# %% every denial with the claim that it denies
denied = list(g.query("""
    MATCH (who:Actor)-[:MADE]->(d:Denial)-[:DENIES]->(c:Claim)<-[:MADE]-(whom:Actor)
    RETURN on_behalf_of(who).name AS who, on_behalf_of(whom).name AS whom,
           c.date AS claimed, d.date AS denied, d.text AS text
    ORDER BY denied"""))
for row in denied:
    print(f"{row.denied}  {row.who} denies {row.whom}: {row.text}")

# %% how many, and after how many days where both days are known
waits = collections.defaultdict(list)
for row in denied:
    days = waits[row.who, row.whom]
    if hasattr(row.claimed, "toordinal") and hasattr(row.denied, "toordinal"):
        days.append((row.denied - row.claimed).days)
for (who, whom), days in sorted(waits.items()):
    median = f", the median after {statistics.median(days)} days" if days else ""
    print(f"{who} against {whom}{median}")

# %% what nobody has answered
for row in g.unanswered():
    print(f"unanswered since {row.date}: {row.text}")
