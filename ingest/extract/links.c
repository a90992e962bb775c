#include "ingest/extract/links.h"
#include "ingest/extract/clause.h"

enum { LOOK_BACK = 40, LOOK_AHEAD = 3 };

/* What each sign weighs; a link needs the least sum. */
static const double weight_words = 0.5, weight_accuses = 0.3, weight_accused_back = 0.25,
                    weight_sentence = 0.15, weight_named = 0.25, weight_near = 0.008,
                    weight_ahead = 0.1, least = 0.3;

static bool accuses(const gs_act *act, const gs_party *party)
{
    for (size_t i = 0; i < act->accused.count; i++)
        if (gs_party_same_side(&act->accused.items[i], party))
            return true;
    return false;
}

/* Whether an act's words point to something said before: "the report", "the claim". */
static bool points_back(const gs_reading *r, const gs_act *act)
{
    if (!gs_range_empty(act->object))
        return (gs_clause_words(r, act->object) & GS_IN(ASSERTION)) != 0;
    return act->piece_count > 0 && act->act != GS_ACT_CLAIM &&
           act->act != GS_ACT_COUNTERCLAIM && (act->entry->frames & GS_FRAME_SELF) != 0 &&
           (gs_clause_words(r, act->pieces[0]) & GS_IN(ASSERTION)) != 0;
}

static bool can_be_answered(const gs_act *act, const gs_act *other)
{
    bool same = gs_party_same_side(&act->party, &other->party);

    if (!other->speech || other->act == GS_ACT_NOCOMMENT)
        return false;
    if (act->act == GS_ACT_RETRACTION)
        return same;
    if (same)
        return false;
    if (act->act == GS_ACT_COUNTERCLAIM)
        return true;
    return other->act == GS_ACT_CLAIM || other->act == GS_ACT_COUNTERCLAIM ||
           other->act == GS_ACT_CONFIRMATION ||
           (act->act != GS_ACT_DENIAL && other->act == GS_ACT_DENIAL);
}

static double score(const gs_reading *r, const gs_stems *stems, size_t a, size_t b)
{
    const gs_act *act = &r->acts.items[a], *other = &r->acts.items[b];
    double sum = weight_words * gs_likeness(&stems[a], &stems[b]);
    double apart = a > b ? (double)(a - b) : (double)(b - a);

    if (gs_likeness_shared(&stems[a], &stems[b]) < 2)
        sum /= 2;
    if (accuses(other, &act->party))
        sum += weight_accuses;
    if (accuses(act, &other->party))
        sum += weight_accused_back;
    if (act->sentence == other->sentence)
        sum += weight_sentence;
    if (points_back(r, act) && b < a)
        sum += weight_named;
    if (act->act != GS_ACT_COUNTERCLAIM && other->act == GS_ACT_CLAIM)
        sum += 0.05;
    sum -= weight_near * apart;
    return b > a ? sum - weight_ahead : sum;
}

static double least_for(const gs_act *act)
{
    return act->act == GS_ACT_NOCOMMENT || act->act == GS_ACT_ASSESSMENT ? least * 0.7
                                                                         : least;
}

static void find(gs_reading *r, const gs_stems *stems, size_t a)
{
    gs_act *act = &r->acts.items[a];
    size_t from = a > LOOK_BACK ? a - LOOK_BACK : 0;
    double best = 0;

    for (size_t b = from; b < r->acts.count && b <= a + LOOK_AHEAD; b++) {
        double sum;

        if (b == a || !can_be_answered(act, &r->acts.items[b]))
            continue;
        sum = score(r, stems, a, b);
        if (sum > best && sum >= least_for(act)) {
            best = sum;
            act->answers = (uint32_t)b + 1;
        }
    }
    act->answer_confidence = best > 0.95 ? 0.95 : best;
}

/* Answers that found nothing take what the same body's answer just before them found:
 * "The lead and the later quotation of one denial both answer." */
static void follow(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];

    for (size_t b = a; b-- > 0 && b + 4 > a;) {
        const gs_act *other = &r->acts.items[b];

        if (!other->speech || other->answers == 0 || other->act != act->act ||
            other->act == GS_ACT_RETRACTION ||
            !gs_party_same_side(&act->party, &other->party))
            continue;
        act->answers = other->answers;
        act->answer_confidence = other->answer_confidence * 0.8;
        return;
    }
}

void gs_links_find(gs_reading *r, const gs_stems *stems)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (!act->speech || act->answers != 0 || act->act == GS_ACT_CLAIM ||
            act->act == GS_ACT_NONE)
            continue;
        find(r, stems, a);
        if (act->answers == 0)
            follow(r, a);
    }
}
