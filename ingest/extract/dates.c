/* Where expressions of time stand: what leads them, which form they have, what they end
 * with. */
#include "ingest/extract/dates.h"
#include "ingest/extract/times.h"

enum { LEAD_MOST = 6 }; /* tokens: by early in the late */

typedef bool read_form(gs_clock *clock, gs_moment *out);

/* In this order: what is more exact first. */
static read_form *const forms[] = {
    gs_read_day,  gs_read_weekday, gs_read_near,  gs_read_distance,
    gs_read_unit, gs_read_season,  gs_read_month, gs_read_year,
};

/* in the, late on, earlier this, by early: what leads an expression. */
static gs_edge take_lead(gs_clock *clock)
{
    gs_edge edge = GS_EDGE_NONE;
    bool more = true;

    for (int i = 0; more && i < LEAD_MOST; i++) {
        uint32_t when = gs_when_at(clock, clock->at);
        uint32_t next = gs_when_at(clock, clock->at + 1);

        more = true;
        if (when & GS_WHEN_STAGE && !(next & (GS_WHEN_BACK | GS_WHEN_FORTH)))
            ;
        else if (when & GS_WHEN_SINCE)
            edge = GS_EDGE_SINCE;
        else if (when & GS_WHEN_UNTIL)
            edge = GS_EDGE_UNTIL;
        else if (!(when & (GS_WHEN_AT | GS_WHEN_THE)))
            more = false;
        clock->article |= more && when & GS_WHEN_THE;
        clock->at += more;
        clock->led |= more;
    }
    return edge;
}

/* earlier in the day: the day of the clause, which is the publication's or an anchor's */
static bool read_inner(gs_clock *clock, gs_moment *out)
{
    uint32_t before = gs_when_at(clock, clock->at - 1);
    uint32_t first = clock->at >= 3 ? gs_when_at(clock, clock->at - 3) : 0;

    if (!(before & GS_WHEN_THE) || !(first & GS_WHEN_STAGE) ||
        !(gs_when_at(clock, clock->at) & GS_WHEN_UNIT) ||
        gs_amount_at(clock, clock->at) == GS_UNIT_HOUR)
        return false;
    *out = (gs_moment){
        .relative = true, .whole = true, .unit = gs_amount_at(clock, clock->at)};
    clock->at++;
    return true;
}

static bool read_weekend(gs_clock *clock, gs_moment *out)
{
    int64_t saturday;

    if (!clock->led || !clock->page->dated ||
        !(gs_when_at(clock, clock->at) & GS_WHEN_UNIT) ||
        gs_amount_at(clock, clock->at) != GS_UNIT_WEEKEND)
        return false;
    saturday = gs_last_weekday(clock->today, 5);
    out->span = gs_span_days(saturday, saturday + 1);
    clock->at++;
    return true;
}

static bool read_any(gs_clock *clock, gs_moment *out)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i](clock, out))
            return true;
    return read_weekend(clock, out) || (clock->at > 0 && read_inner(clock, out));
}

static bool is_article(const gs_clock *clock, uint32_t token)
{
    const gs_token *t = &clock->page->tokens[token];

    return t->tag == GS_TAG_DETERMINER || t->tag == GS_TAG_ADJECTIVE ||
           (t->type == GS_TOKEN_POSSESSIVE && t->tag == GS_TAG_OTHER);
}

static bool is_noun(const gs_clock *clock, uint32_t token)
{
    gs_tag tag;

    if (token >= clock->end)
        return false;
    tag = (gs_tag)clock->page->tokens[token].tag;
    return tag == GS_TAG_NOUN || tag == GS_TAG_ADJECTIVE || tag == GS_TAG_PROPER ||
           tag == GS_TAG_VERB_PARTICIPLE;
}

/* Tuesday's statement, last week's drills, a 2021 filing */
static bool describes(const gs_clock *clock)
{
    if (clock->at < clock->end &&
        clock->page->tokens[clock->at].type == GS_TOKEN_POSSESSIVE)
        return true;
    return clock->article && is_noun(clock, clock->at);
}

static bool to_time(gs_time *out, const gs_moment *moment, gs_edge edge)
{
    *out = (gs_time){.relative = moment->relative,
                     .offset = moment->offset,
                     .unit = moment->unit,
                     .whole = moment->whole};
    if (!moment->relative)
        return gs_span_date(&out->date, moment->span, edge);
    if (moment->unit <= GS_UNIT_FORTNIGHT && moment->unit != GS_UNIT_WEEKEND)
        out->offset_days = moment->offset * moment->unit;
    return true;
}

/* The expression that begins at `clock->at`, which moves behind it. */
static bool read_time(gs_clock *clock, gs_time *out)
{
    uint32_t first = clock->at;
    gs_moment moment = {0};
    gs_edge edge;

    clock->article = clock->led = first > 0 && is_article(clock, first - 1);
    edge = take_lead(clock);
    if (clock->at >= clock->end || !read_any(clock, &moment) ||
        !to_time(out, &moment, edge)) {
        clock->at = first;
        return false;
    }
    out->tokens = (gs_range){first, clock->at};
    out->describes = describes(clock);
    return true;
}

/* Whether an expression can begin here: most words are none of the calendar's. */
static bool can_begin(const gs_clock *clock)
{
    const gs_token *token = &clock->page->tokens[clock->at];

    return gs_when_at(clock, clock->at) != 0 ||
           (token->folded.size > 0 && token->folded.bytes[0] >= '0' &&
            token->folded.bytes[0] <= '9');
}

gs_code gs_times_find(gs_times *out, const gs_lexicon *lexicon, const gs_page *page,
                      gs_arena *arena, gs_error *err)
{
    gs_times times = {0};
    size_t room = 0;

    for (uint32_t i = 0; i < page->sentence_count; i++) {
        gs_range range = page->sentences[i].tokens;
        gs_range dateline = page->paragraphs[page->sentences[i].paragraph].dateline;
        gs_clock clock = {page,  lexicon, range.first,    range.end,
                          false, false,   page->published};
        gs_time time;

        if (dateline.first == range.first && dateline.end < range.end)
            clock.at = dateline.end;
        while (clock.at < clock.end) {
            if (!can_begin(&clock) || !read_time(&clock, &time)) {
                clock.at++;
                continue;
            }
            times.items =
                gs_arena_grow(arena, times.items, times.count, &room, sizeof time);
            if (times.items == NULL)
                return gs_fail_memory(err);
            times.items[times.count++] = time;
        }
    }
    *out = times;
    return GS_OK;
}
