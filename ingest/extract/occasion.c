#include "ingest/extract/occasion.h"

enum { LOOK_BACK = 24, LOOK_AHEAD = 4 };

static void date_from(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];
    const gs_time *time = &r->times.items[act->time - 1];

    if (!time->relative) {
        act->date = time->date;
        act->dated = time->date.size > 0;
        return;
    }
    for (size_t i = a; i-- > 0 && i + LOOK_BACK > a;)
        if (r->acts.items[i].dated) {
            act->dated = gs_time_resolve(&act->date, time, &r->acts.items[i].date);
            return;
        }
}

/* "a day after X claimed": the clause is that much earlier than the one it hangs on. */
static bool after_clause(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];
    uint32_t from = act->source.first < act->cue.first && !gs_range_empty(act->source)
                        ? act->source.first
                        : act->verb.first;
    uint32_t till;
    gs_time back;

    if (from < 2 || (gs_words_at(r, from - 1) & GS_IN(AFTER)) == 0)
        return false;
    till = r->marks[from - 1].till != 0 ? r->marks[from - 1].till : r->marks[from].till;
    if (till == 0 || !r->times.items[till - 1].relative || a == 0 ||
        !r->acts.items[a - 1].dated)
        return false;
    back = r->times.items[till - 1];
    if (back.offset_days > 0)
        back.offset_days = -back.offset_days;
    act->dated = gs_time_resolve(&act->date, &back, &r->acts.items[a - 1].date);
    return act->dated;
}

/* "officials suggest that X, a minister said on Friday": in the present tense
 * what is passed on is of the day when it was passed on. */
static void from_carrier(gs_reading *r, gs_act *act)
{
    const gs_act *carrier = act->parent == 0 ? NULL : &r->acts.items[act->parent - 1];
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    if (act->dated || carrier == NULL || !carrier->wrapped || !carrier->dated ||
        verb == NULL || act->before)
        return;
    if (!verb->perfect && gs_tag_at(r, verb->main) == GS_TAG_VERB_PAST)
        return;
    act->date = carrier->date;
    act->dated = true;
}

void gs_occasion_read(gs_reading *r)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (act->time != 0)
            date_from(r, a);
        else
            (void)after_clause(r, a);
    }
    for (size_t a = 0; a < r->acts.count; a++)
        from_carrier(r, &r->acts.items[a]);
}

static bool same_body(const gs_act *a, const gs_act *b)
{
    return gs_party_same_side(&a->party, &b->party);
}

/* The body spoke a moment ago, and nothing tells another occasion. */
static void from_earlier(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];

    for (size_t i = a; i-- > 0 && i + LOOK_BACK > a && !act->dated;) {
        const gs_act *other = &r->acts.items[i];

        if (!other->speech || other->parent == a + 1 || !same_body(act, other))
            continue;
        if (other->entry->part == GS_CUE_NOUN && other->parent != 0)
            continue;
        if (!other->dated || other->before)
            return;
        act->date = other->date;
        act->dated = true;
    }
}

/* The same speaker goes on within a paragraph or two, and dates it then. */
static void from_later(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];

    for (size_t i = a + 1; i < r->acts.count && i <= a + LOOK_AHEAD && !act->dated; i++) {
        const gs_act *other = &r->acts.items[i];

        if ((!other->speech && !other->wrapped) || !other->dated || other->time == 0 ||
            other->before || !gs_text_equal(other->party.name, act->party.name))
            continue;
        act->date = other->date;
        act->dated = true;
    }
}

/* A claim that an answer names has no date of its own: it lies within the month or year
 * of the answer, or at the latest on its day. */
static void from_answer(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];
    const gs_act *answer;
    int64_t day;

    if (act->dated || act->parent == 0)
        return;
    answer = &r->acts.items[act->parent - 1];
    if (answer->answers != a + 1 || !answer->dated)
        return;
    if (answer->date.precision == GS_PRECISION_MONTH ||
        answer->date.precision == GS_PRECISION_YEAR)
        act->date = answer->date;
    else if (gs_edtf_last_day(&answer->date, &day))
        act->date = gs_edtf_until(day);
    else
        return;
    act->dated = true;
}

void gs_occasion_spread(gs_reading *r)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (!act->speech || act->dated)
            continue;
        if (act->entry->part != GS_CUE_NOUN && !act->before)
            from_earlier(r, a);
        if (!act->dated && act->entry->part != GS_CUE_NOUN)
            from_later(r, a);
    }
}

void gs_occasion_settle(gs_reading *r)
{
    gs_occasion_spread(r);
    for (size_t a = 0; a < r->acts.count; a++)
        if (r->acts.items[a].speech)
            from_answer(r, a);
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (act->speech && !act->dated && r->page->dated) {
            act->date = act->act == GS_ACT_ASSESSMENT && act->verdict.size > 0 &&
                                (act->entry->frames & GS_CUE_VERDICT) != 0
                            ? gs_edtf_day(r->page->published)
                            : gs_edtf_until(r->page->published);
            act->dated = true;
        }
    }
}

/* "A statement is never older than the one it answers." Where both have their date from
 * the text, a link that was only inferred is wrong; where one was guessed, the guess. */
static void put_in_order(gs_act *act, gs_act *target)
{
    int64_t day;

    if (!act->dated || !target->dated || target->date.earliest <= act->date.latest)
        return;
    if (act->time == 0)
        act->date = target->date;
    else if (target->time == 0 && gs_edtf_last_day(&act->date, &day))
        target->date = gs_edtf_until(day);
    else if (!act->stated)
        act->answers = 0;
}

void gs_occasion_order(gs_reading *r)
{
    for (size_t a = 0; a < r->acts.count; a++)
        if (r->acts.items[a].speech && r->acts.items[a].answers != 0)
            put_in_order(&r->acts.items[a], &r->acts.items[r->acts.items[a].answers - 1]);
}
