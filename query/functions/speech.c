#include "query/functions/walk.h"

#include "query/classes.h"
#include "query/duration.h"
#include "query/reported.h"

/* What the field asks of statements: who stands where, what has been answered, what was
 * said, when it was reported and recorded. */

static gs_code property(gs_value *out, const gs_call *call, uint64_t node, uint32_t key)
{
    return gs_element_property(out, call->run, gs_node_value(node), key, call->arena,
                               call->err);
}

static gs_code has_label(bool *out, const gs_call *call, uint64_t node, uint32_t label)
{
    const gs_node *record;
    gs_code rc = gs_run_node(&record, call->run, node, call->err);

    if (rc == GS_OK)
        *out = gs_node_has_label(record, label);
    return rc;
}

/* Argument `index` as the number of a node with the label. */
static gs_code element_of(uint64_t *out, const gs_call *call, size_t index,
                          uint32_t label, const char *what)
{
    bool fits = false;
    gs_code rc = GS_OK;

    *out = call->args[index].as.element.number;
    if (call->args[index].type == GS_NODE)
        GS_TRY(has_label(&fits, call, *out, label));
    if (!fits && call->args[index].type == GS_NODE)
        return gs_refuse_row(call->err, call->run->text, call->expr->args[index]->place,
                             "TypeError", "InvalidArgumentValue",
                             "%s() takes %s, and this node is none",
                             call->expr->function->name, what);
    if (!fits)
        return gs_call_wants(call, what, call->args[index]);
out:
    return rc;
}

static gs_code give_date(gs_value *out, const gs_call *call, gs_edtf date)
{
    gs_edtf *copy = gs_arena_take(call->arena, sizeof *copy);

    if (copy == NULL)
        return gs_call_memory(call);
    *copy = date;
    *out = gs_date(copy);
    return GS_OK;
}

/* recorded(n): the day on which this store came to know it. */
static gs_code call_recorded(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];
    gs_edtf day;
    gs_code rc;

    if (of.type != GS_NODE && of.type != GS_EDGE)
        return gs_call_wants(call, "a node or a relationship", of);
    GS_TRY(gs_recorded(&day, call->run, of.as.element.number, call->err));
    rc = give_date(out, call, day);
out:
    return rc;
}

/* The earliest publication among the tellings of a statement; else the day recorded. */
static gs_code reported_on(gs_value *out, const gs_call *call, uint64_t statement)
{
    gs_walk same;
    gs_edtf date, best;
    bool any = false, one;
    gs_code rc;

    GS_TRY(gs_walk_class(&same, call, statement));
    for (size_t i = 0; i < same.count; i++) {
        GS_TRY(
            gs_published(&one, &date, call->run, same.nodes[i], call->arena, call->err));
        if (one && (!any || gs_edtf_order(&date, &best) < 0))
            best = date;
        any = any || one;
    }
    if (!any)
        GS_TRY(gs_recorded(&best, call->run, statement, call->err));
    rc = give_date(out, call, best);
out:
    return rc;
}

static gs_code call_reported(gs_value *out, const gs_call *call)
{
    uint64_t statement;
    gs_code rc;

    GS_TRY(element_of(&statement, call, 0, GS_STATEMENT, "a statement"));
    rc = reported_on(out, call, statement);
out:
    return rc;
}

/* Those who made any of the statements, and for whom they speak, all classes whole. */
static gs_code voices(gs_walk *out, const gs_walk *statements)
{
    static const uint32_t made[] = {GS_MADE}, further[] = {GS_SPEAKS_FOR};
    gs_walk step;
    gs_code rc;

    GS_TRY(gs_walk_over(out, statements, made, 1, GS_IN));
    for (size_t i = 0; i < out->count; i++) {
        gs_walk one;
        GS_TRY(gs_walk_class(&one, out->call, out->nodes[i]));
        GS_TRY(gs_walk_over(&step, &one, further, 1, GS_OUT));
        for (size_t k = 0; k < one.count; k++)
            GS_TRY(gs_walk_add(out, one.nodes[k], GS_SAME_AS));
        for (size_t k = 0; k < step.count; k++)
            GS_TRY(gs_walk_add(out, step.nodes[k], GS_SPEAKS_FOR));
    }
out:
    return rc;
}

/* Whether one of the actors, or who speaks for one, made the statement. */
static gs_code is_by(bool *out, const gs_walk *actors, uint64_t statement)
{
    gs_walk one = {.call = actors->call}, who;
    gs_code rc;

    *out = false;
    GS_TRY(gs_walk_add(&one, statement, 0));
    GS_TRY(voices(&who, &one));
    for (size_t i = 0; i < actors->count; i++)
        *out = *out || gs_walk_has(&who, actors->nodes[i]);
out:
    return rc;
}

/* Seconds for which an accused may stay silent: 30 days unless said. */
static gs_code patience_of(int64_t *out, const gs_call *call)
{
    *out = INT64_C(30) * 86400;
    if (call->count < 2)
        return GS_OK;
    if (call->args[1].type == GS_STRING && gs_duration_read(out, call->args[1].as.string))
        return GS_OK;
    return gs_call_wants(call, "a duration, like duration('P30D')", call->args[1]);
}

/* Now, or where the query looks back the time of AS OF or the day of AS REPORTED BY. */
static gs_code today(int64_t *out, const gs_call *call)
{
    const gs_snapshot *snapshot = call->run->snapshot;
    uint64_t number = gs_snapshot_commit(snapshot);
    gs_commit commit;
    gs_error none;
    gs_code rc;

    *out = call->run->settings.now;
    if (call->run->looks_back && call->run->reported_by < *out)
        *out = call->run->reported_by; /* a day to come is not there yet */
    if (number == 0 || (call->run->tree.as_of == NULL &&
                        gs_commit_read(&commit, snapshot, number + 1, &none) == GS_END))
        return GS_OK;
    rc = gs_commit_read(&commit, snapshot, number, call->err);
    if (rc == GS_OK && commit.time < *out)
        *out = commit.time;
    return rc;
}

/* Whether the time to answer is over: since it was said, or, undated, reported. */
static gs_code is_late(bool *out, const gs_call *call, uint64_t statement)
{
    gs_value said;
    gs_edtf date;
    int64_t patience, now;
    gs_code rc;

    GS_TRY(patience_of(&patience, call));
    GS_TRY(property(&said, call, statement, GS_P_DATE));
    if (!gs_read_date(&date, said) || date.latest == GS_EDTF_OPEN_END) {
        GS_TRY(reported_on(&said, call, statement));
        date = *said.as.date;
    }
    GS_TRY(today(&now, call));
    *out = date.latest < now - patience;
out:
    return rc;
}

static gs_code call_answered(gs_value *out, const gs_call *call)
{
    static const uint32_t accuses[] = {GS_ACCUSES};
    static const uint32_t answers[] = {GS_DENIES, GS_COUNTERS, GS_CONFIRMS, GS_DECLINES};
    gs_walk same, accused, replies;
    uint64_t statement;
    bool found = false, late;
    gs_code rc;

    GS_TRY(element_of(&statement, call, 0, GS_STATEMENT, "a statement"));
    *out = gs_null;
    GS_TRY(gs_walk_class(&same, call, statement));
    GS_TRY(gs_walk_over(&accused, &same, accuses, 1, GS_OUT));
    if (accused.count == 0)
        return GS_OK;
    GS_TRY(gs_walk_over(&replies, &same, answers, 4, GS_IN));
    for (size_t i = 0; i < replies.count && !found; i++)
        GS_TRY(is_by(&found, &accused, replies.nodes[i]));
    GS_TRY(is_late(&late, call, statement));
    *out = gs_string(found  ? GS_TEXT("answered")
                     : late ? GS_TEXT("unanswered")
                            : GS_TEXT("early"));
out:
    return rc;
}

enum { ASSERTED = 1, DENIED = 2, RETRACTED = 4 };

/* What a statement does to what is asked, by how it was reached. */
static unsigned stance_of(uint32_t type)
{
    if (type == GS_DENIES || type == GS_REJECTS)
        return DENIED;
    return type == GS_RETRACTS ? RETRACTED : ASSERTED;
}

/* Whether a statement was surely made after the day asked. */
static gs_code is_after(bool *out, const gs_call *call, uint64_t statement)
{
    gs_value said;
    gs_edtf date, on;
    gs_code rc = GS_OK;

    *out = false;
    if (call->count < 3)
        return GS_OK;
    if (!gs_read_date(&on, call->args[2]))
        return gs_call_wants(call, "a date", call->args[2]);
    GS_TRY(property(&said, call, statement, GS_P_DATE));
    *out = gs_read_date(&date, said) && gs_edtf_before(&on, &date) == GS_TRUE;
out:
    return rc;
}

/* Every statement that takes a stance on the proposition or statement asked. */
static gs_code takers(gs_walk *out, const gs_call *call, uint64_t asked, bool proposition)
{
    static const uint32_t propositions[] = {GS_ASSERTS, GS_REJECTS};
    static const uint32_t statements[] = {GS_DENIES, GS_CONFIRMS, GS_RETRACTS};
    static const uint32_t retracts[] = {GS_RETRACTS};
    gs_walk same, back;
    gs_code rc;

    GS_TRY(gs_walk_class(&same, call, asked));
    if (!proposition)
        GS_TRY(gs_walk_over(out, &same, statements, 3, GS_IN));
    else
        GS_TRY(gs_walk_over(out, &same, propositions, 2, GS_IN));
    if (proposition) {
        GS_TRY(gs_walk_over(&back, out, retracts, 1, GS_IN));
        same = back;
    }
    for (size_t i = 0; i < same.count; i++)
        GS_TRY(gs_walk_add(out, same.nodes[i], proposition ? GS_RETRACTS : GS_ASSERTS));
out:
    return rc;
}

static gs_code call_stance(gs_value *out, const gs_call *call)
{
    uint64_t actor, asked = call->args[1].as.element.number;
    bool proposition = false, by, after;
    unsigned stances = 0;
    gs_walk who, all;
    gs_code rc;

    GS_TRY(element_of(&actor, call, 0, GS_ACTOR, "an actor"));
    if (call->args[1].type == GS_NODE)
        GS_TRY(has_label(&proposition, call, asked, GS_PROPOSITION));
    if (!proposition)
        GS_TRY(element_of(&asked, call, 1, GS_STATEMENT, "a proposition or a statement"));
    GS_TRY(gs_walk_class(&who, call, actor));
    GS_TRY(takers(&all, call, asked, proposition));
    for (size_t i = 0; i < all.count; i++) {
        GS_TRY(is_by(&by, &who, all.nodes[i]));
        GS_TRY(is_after(&after, call, all.nodes[i]));
        stances |= by && !after ? stance_of(all.types[i]) : 0;
    }
    if (stances & RETRACTED)
        stances &= ~(unsigned)ASSERTED;
    *out = stances == 0                     ? gs_null
           : stances == (ASSERTED | DENIED) ? gs_string(GS_TEXT("both"))
           : stances & DENIED               ? gs_string(GS_TEXT("denied"))
           : stances & RETRACTED            ? gs_string(GS_TEXT("retracted"))
                                            : gs_string(GS_TEXT("asserted"));
out:
    return rc;
}

/* The names of those reached, joined by " and ". */
static gs_code names_of(gs_text *out, const gs_walk *actors)
{
    gs_arena *arena = actors->call->arena;
    gs_text *names = gs_arena_array(arena, actors->count, sizeof *names);
    gs_value name;
    gs_code rc = GS_OK;

    if (names == NULL)
        return gs_call_memory(actors->call);
    for (size_t i = 0; i < actors->count; i++) {
        GS_TRY(property(&name, actors->call, actors->nodes[i], GS_P_NAME));
        names[i] = name.type == GS_STRING ? name.as.string : GS_TEXT("?");
    }
    *out = actors->count == 0
               ? GS_TEXT("somebody")
               : gs_text_join(arena, names, actors->count, GS_TEXT(" and "));
    if (out->bytes == NULL)
        return gs_call_memory(actors->call);
out:
    return rc;
}

/* A document as it is called: file, URL or title; the missing text where it has none. */
static gs_code source_of(gs_text *out, const gs_walk *statement)
{
    static const uint32_t types[] = {GS_REPORTED_IN};
    static const uint32_t keys[] = {GS_P_FILE, GS_P_URL, GS_P_TITLE};
    gs_walk documents;
    gs_value value;
    gs_code rc;

    *out = (gs_text){0};
    GS_TRY(gs_walk_over(&documents, statement, types, 1, GS_OUT));
    for (size_t i = 0; i < 3 && documents.count > 0 && out->bytes == NULL; i++) {
        GS_TRY(property(&value, statement->call, documents.nodes[0], keys[i]));
        if (value.type == GS_STRING)
            *out = value.as.string;
    }
out:
    return rc;
}

/* said(s): "Speaker, date: words (source)". */
static gs_code call_said(gs_value *out, const gs_call *call)
{
    static const uint32_t made[] = {GS_MADE};
    uint64_t statement;
    gs_walk one = {.call = call}, who;
    gs_value words, date;
    gs_text speaker = {0}, source = {0}, text;
    gs_edtf when;
    bool dated;
    gs_code rc;

    GS_TRY(element_of(&statement, call, 0, GS_STATEMENT, "a statement"));
    GS_TRY(gs_walk_add(&one, statement, 0));
    GS_TRY(gs_walk_over(&who, &one, made, 1, GS_IN));
    GS_TRY(names_of(&speaker, &who));
    GS_TRY(source_of(&source, &one));
    GS_TRY(property(&words, call, statement, GS_P_TEXT));
    if (words.type != GS_STRING)
        GS_TRY(property(&words, call, statement, GS_P_KIND));
    GS_TRY(property(&date, call, statement, GS_P_DATE));
    dated = gs_read_date(&when, date);
    text = gs_text_format(
        call->arena, "%.*s%s%.*s: %.*s%s%.*s%s", GS_SHOW(speaker), dated ? ", " : "",
        dated ? (int)when.size : 0, dated ? when.text : "",
        words.type == GS_STRING ? (int)words.as.string.size : 0,
        words.type == GS_STRING ? words.as.string.bytes : "",
        source.bytes != NULL ? " (" : "", (int)source.size,
        source.bytes != NULL ? source.bytes : "", source.bytes != NULL ? ")" : "");
    if (text.bytes == NULL)
        return gs_call_memory(call);
    *out = gs_string(text);
out:
    return rc;
}

const gs_function gs_functions_speech[] = {{"stance", 2, 3, 0, call_stance, NULL},
                                           {"answered", 1, 2, 0, call_answered, NULL},
                                           {"said", 1, 1, 0, call_said, NULL},
                                           {"recorded", 1, 1, 0, call_recorded, NULL},
                                           {"reported", 1, 1, 0, call_reported, NULL},
                                           {0}};
