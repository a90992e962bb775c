#!/usr/bin/env bash
# The JSON Schemas give the same verdicts as the reader (tests/ingest/schemas.case), where
# Python has a validator for them.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
python3 -c 'import jsonschema, referencing' 2> err || exit 0
python3 - "$tree" > out 2> err << 'P' || wrong "the schemas and the reader disagree: $(cat out err)"
import json, pathlib, sys
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
tree = pathlib.Path(sys.argv[1])
schemas = {p.name.split(".")[0]: json.loads(p.read_text()) for p in (tree / "schemas").glob("*.schema.json")}
registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas.values())
lines = [l for l in (tree / "tests/ingest/schemas.case").read_text().splitlines() if l and not l.startswith("#")]
wrong = 0
for record, wanted in zip(lines[::2], lines[1::2]):
    record = json.loads(record)
    schema = schemas.get(record.get("type") or "statement")
    good = schema is not None and Draft202012Validator(schema, registry=registry).is_valid(record)
    if good != (wanted == "accepted"):
        wrong += 1
        print(f"{record}: not {wanted}")
for name, schema in schemas.items():
    Draft202012Validator.check_schema(schema)
    for example in schema["examples"]:
        if not Draft202012Validator(schema, registry=registry).is_valid(example):
            wrong += 1
            print(f"{name}: its own example {example} is none")
sys.exit(wrong > 0)
P
finish
