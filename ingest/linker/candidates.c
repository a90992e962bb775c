#include "ingest/linker/candidates.h"
#include <string.h>

enum { DAY = 86400 };

/* Set on synthetic streams and on news whose links are known: docs/linking.md. */
static const double base = 0.20;             /* of any candidate */
static const double doubled = 0.20;          /* an answer to one of its own kind costs */
static const double mine = 0.25;             /* it is the speaker's, who takes it back */
static const double accused = 0.15;          /* its speaker is accused back */
static const double words = 0.65;            /* of texts that are alike */
static const double around = 0.30;           /* of documents that are */
static const double affair = 0.20;           /* likeness of two documents on one affair */
static const double few = 2, enough = 5;     /* words of an answer */
static const double decay = 0.25, half = 20; /* days after which half of it is lost */
static const double least = 0.60;            /* that is linked */
static const double clear = 0.02;            /* of the next one */

static bool takes_back(const gs_brief *answer)
{
    return answer->kind == GS_RETRACTION;
}

/* The best that any candidate could reach: an event without words reaches little. */
static double most(const gs_brief *answer)
{
    return base + (takes_back(answer) ? mine : 0) +
           (answer->accused.count > 0 ? accused : 0) +
           (answer->terms.count > 0 ? words : 0) + (answer->read ? around : 0);
}

bool gs_answer_wants(const gs_brief *answer)
{
    return !answer->stated && answer->dated && answer->speakers.count > 0 &&
           answer->latest - answer->earliest <= (int64_t)GS_LINKER_SPAN * DAY &&
           answer->kind != GS_CLAIM && answer->kind != GS_ASSESSMENT &&
           most(answer) >= least;
}

/* Of one day a claim comes before its denial, and that before what counters it. */
static int rank(const gs_brief *brief)
{
    return brief->kind == GS_CLAIM          ? 0
           : brief->kind == GS_DENIAL       ? 1
           : brief->kind == GS_COUNTERCLAIM ? 2
                                            : 3;
}

static bool comes_before(const gs_brief *claim, const gs_brief *answer)
{
    if (claim->latest < answer->earliest)
        return true;
    return claim->earliest <= answer->latest && rank(claim) < rank(answer);
}

/* Whether the kinds and the sides allow it. */
static bool can_answer(const gs_brief *answer, const gs_brief *claim)
{
    bool own = gs_sides_meet(&answer->speakers, &claim->speakers);

    if (claim == answer || !claim->dated || !comes_before(claim, answer))
        return false;
    if (answer->read && claim->read && answer->document == claim->document)
        return false; /* what its document tells is linked there */
    if (claim->kind == GS_NOCOMMENT || claim->kind == GS_RETRACTION)
        return false;
    if (takes_back(answer))
        return own;
    return !own && (claim->kind != GS_CONFIRMATION || answer->kind == GS_COUNTERCLAIM);
}

static double days_between(const gs_brief *claim, const gs_brief *answer)
{
    double gap = (double)(answer->earliest - claim->latest) / DAY;

    return gap < 0 ? 0 : gap;
}

/* How much of the answer its claim has, 0 to 1. A short one is held to two words; of a
 * long one five that are shared suffice, since what it adds is its own. */
static double told(const gs_terms *answer, const gs_terms *claim)
{
    double of = (double)answer->weight;

    of = of < few ? few : of > enough ? enough : of;
    of = gs_terms_shared(answer, claim) / of;
    return of > 1 ? 1 : of;
}

static gs_code judge(gs_candidate *out, gs_view *view, const gs_brief *answer,
                     const gs_brief *claim, gs_error *err)
{
    const gs_terms *here, *there;
    gs_candidate c = {.claim = claim};
    gs_code rc = GS_OK;

    c.words = told(&answer->terms, &claim->terms);
    c.days = days_between(claim, answer);
    c.accuses = gs_sides_meet(&answer->speakers, &claim->accused);
    c.accuser = gs_sides_meet(&answer->accused, &claim->speakers);
    if (answer->read && claim->read && answer->document != 0 && claim->document != 0) {
        GS_TRY(gs_view_around(&here, view, answer->document, err));
        GS_TRY(gs_view_around(&there, view, claim->document, err));
        c.around = gs_terms_likeness(here, there);
    }
    c.score = base + (takes_back(answer) ? mine : 0) + (c.accuser ? accused : 0) -
              (answer->kind == claim->kind ? doubled : 0) + words * c.words +
              around * (c.around > affair ? 1 : c.around / affair) -
              decay * c.days / (c.days + half);
    c.score = c.score < 0 ? 0 : c.score > 1 ? 1 : c.score;
    *out = c;
out:
    return rc;
}

/* Larger scores first; of equals the nearer one, the one that its document tells earlier,
 * then the smaller id. */
static bool is_better(const gs_candidate *a, const gs_candidate *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    if (a->days != b->days)
        return a->days < b->days;
    if (a->claim->place != b->claim->place)
        return a->claim->place < b->claim->place;
    return gs_text_compare(a->claim->id, b->claim->id) < 0;
}

static void insert(gs_candidates *to, const gs_candidate *candidate)
{
    size_t at = to->count;

    to->seen++;
    while (at > 0 && is_better(candidate, &to->items[at - 1]))
        at--;
    if (at == GS_CANDIDATES_MAX)
        return;
    if (to->count < GS_CANDIDATES_MAX)
        to->count++;
    memmove(&to->items[at + 1], &to->items[at],
            (to->count - 1 - at) * sizeof to->items[0]);
    to->items[at] = *candidate;
}

static bool is_kept(const gs_candidates *candidates, uint64_t number)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i].claim->number == number)
            return true;
    return false;
}

static gs_code consider(gs_candidates *to, gs_view *view, const gs_brief *answer,
                        uint64_t number, gs_error *err)
{
    const gs_brief *claim;
    gs_candidate candidate;
    bool ruled = false;
    gs_code rc = gs_view_brief(&claim, view, number, err);

    if (rc == GS_END)
        return GS_OK;
    if (rc != GS_OK || !can_answer(answer, claim) || is_kept(to, number))
        return rc;
    GS_TRY(gs_view_ruled(&ruled, view, GS_TEXT("answers"), answer, claim, err));
    if (ruled)
        return GS_OK;
    GS_TRY(judge(&candidate, view, answer, claim, err));
    insert(to, &candidate);
out:
    return rc;
}

static gs_code consider_all(gs_candidates *to, gs_view *view, const gs_brief *answer,
                            uint64_t actor, uint32_t type, gs_direction direction,
                            gs_window window, gs_error *err)
{
    gs_neighbours found;
    gs_code rc = gs_view_neighbours(&found, view, actor, type, direction, window, err);

    for (size_t i = 0; rc == GS_OK && i < found.count; i++)
        rc = consider(to, view, answer, found.items[i], err);
    return rc;
}

static bool answers(const gs_brief *denial, uint64_t claim)
{
    for (size_t i = 0; i < denial->answer_count; i++)
        if (denial->answers[i] == claim)
            return true;
    return false;
}

/* Denials of one statement, as records link them: not as the linker itself did. */
static gs_code consider_denials_of(gs_candidates *to, gs_view *view,
                                   const gs_brief *answer, uint64_t claim,
                                   gs_window window, gs_error *err)
{
    const gs_brief *denial;
    gs_neighbours found;
    gs_code rc = gs_view_neighbours(&found, view, claim, GS_DENIES, GS_IN, window, err);

    for (size_t i = 0; rc == GS_OK && i < found.count; i++) {
        rc = gs_view_brief(&denial, view, found.items[i], err);
        if (rc == GS_OK && answers(denial, claim))
            rc = consider(to, view, answer, denial->number, err);
        rc = rc == GS_END ? GS_OK : rc;
    }
    return rc;
}

static gs_code consider_denials(gs_candidates *to, gs_view *view, const gs_brief *answer,
                                uint64_t actor, gs_window window, gs_error *err)
{
    gs_neighbours said;
    gs_code rc = gs_view_neighbours(&said, view, actor, GS_MADE, GS_OUT, window, err);

    for (size_t i = 0; rc == GS_OK && i < said.count; i++)
        rc = consider_denials_of(to, view, answer, said.items[i], window, err);
    return rc;
}

static gs_code consider_side(gs_candidates *to, gs_view *view, const gs_brief *answer,
                             const gs_side *side, gs_window window, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < side->count; i++) {
        uint64_t actor = side->members[i];

        rc = takes_back(answer)
                 ? consider_all(to, view, answer, actor, GS_MADE, GS_OUT, window, err)
                 : consider_all(to, view, answer, actor, GS_ACCUSES, GS_IN, window, err);
        if (rc == GS_OK && answer->kind == GS_COUNTERCLAIM)
            rc = consider_denials(to, view, answer, actor, window, err);
    }
    return rc;
}

gs_code gs_candidates_find(gs_candidates *out, gs_view *view, const gs_brief *answer,
                           gs_error *err)
{
    gs_window window = {answer->earliest - (int64_t)GS_LINKER_DAYS * DAY, answer->latest,
                        false};
    gs_code rc = GS_OK;

    memset(out, 0, sizeof *out);
    gs_view_tidy(view);
    for (size_t i = 0; rc == GS_OK && i < answer->speakers.count; i++)
        rc = consider_side(out, view, answer, answer->speakers.items[i], window, err);
    return rc;
}

/* Of several that one document tells, each is right. */
static bool is_one_story(const gs_brief *a, const gs_brief *b)
{
    return a->read && b->read && a->document == b->document && a->document != 0;
}

const gs_candidate *gs_candidates_choose(const gs_candidates *candidates)
{
    const gs_candidate *best = &candidates->items[0];
    size_t next = 1;

    if (candidates->count == 0 || best->score < least)
        return NULL;
    while (next < candidates->count &&
           is_one_story(best->claim, candidates->items[next].claim))
        next++;
    if (next < candidates->count && best->score - candidates->items[next].score < clear)
        return NULL;
    return best;
}
