#include "ingest/extract/links.h"
#include "ingest/extract/clause.h"

enum { LOOK_BACK = 40, LOOK_AHEAD = 3, NEAR = 4 /* acts */ };

/* What each sign weighs; a link needs the least sum. */
static const double weight_words = 0.5, weight_accuses = 0.3, weight_accused_back = 0.25,
                    weight_sentence = 0.15, weight_named = 0.35, weight_near = 0.008,
                    weight_ahead = 0.1, least = 0.28, lent_before = 0.8,
                    lent_behind = 0.7, presumed = 0.3, weight_charge = 0.1;

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
        sum += weight_named + (other->accused.count > 0 ? weight_charge : 0);
    if (act->act != GS_ACT_COUNTERCLAIM && other->act == GS_ACT_CLAIM)
        sum += 0.05;
    sum -= weight_near * apart;
    return b > a ? sum - weight_ahead : sum;
}

/* Far apart, without a word in common and without a word that points back: that one side
 * accuses the other somewhere in the document is no sign. */
static bool is_chance(const gs_reading *r, const gs_stems *stems, size_t a, size_t b)
{
    const gs_act *act = &r->acts.items[a];

    return act->act != GS_ACT_NOCOMMENT && !points_back(r, act) &&
           (a > b ? a - b : b - a) > NEAR &&
           gs_likeness_shared(&stems[a], &stems[b]) == 0;
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

        if (b == a || !can_be_answered(act, &r->acts.items[b]) ||
            is_chance(r, stems, a, b))
            continue;
        sum = score(r, stems, a, b);
        if (sum > best && sum >= least_for(act)) {
            best = sum;
            act->answers = (uint32_t)b + 1;
        }
    }
    act->answer_confidence = best > 0.95 ? 0.95 : best;
}

/* A denial and what is said beside it: "denied X and accused Y of Z", "denied X, but
 * conceded Z". */
static bool answers_alike(const gs_act *act, const gs_act *other)
{
    if (other->act == GS_ACT_RETRACTION)
        return false;
    return other->act == act->act ||
           (other->act == GS_ACT_DENIAL &&
            (act->act == GS_ACT_COUNTERCLAIM || act->act == GS_ACT_CONFIRMATION));
}

/* Whether `b`, an answer of the same body near `a`, can lend what it answers. */
static bool lends(const gs_reading *r, size_t a, size_t b)
{
    const gs_act *act = &r->acts.items[a], *other = &r->acts.items[b];

    return other->speech && other->answers != 0 && other->answers != a + 1 &&
           answers_alike(act, other) && gs_party_same_side(&act->party, &other->party);
}

static void borrow(gs_reading *r, size_t a, size_t b, double keeps)
{
    r->acts.items[a].answers = r->acts.items[b].answers;
    r->acts.items[a].answer_confidence = r->acts.items[b].answer_confidence * keeps;
}

/* Answers that found nothing take what the same body's answer near them found: "The lead
 * and the later quotation of one denial both answer." */
static void follow(gs_reading *r, size_t a)
{
    for (size_t b = a; b-- > 0 && b + NEAR > a;)
        if (lends(r, a, b)) {
            borrow(r, a, b, lent_before);
            return;
        }
    for (size_t b = a + 1; b < r->acts.count && b < a + NEAR; b++)
        if (lends(r, a, b)) {
            borrow(r, a, b, lent_behind);
            return;
        }
}

/* "reported", "alleged", "claimed": a cue whose word doubts what it passes on. */
static bool alleges(const gs_reading *r, const gs_act *act)
{
    return act->speech && act->act == GS_ACT_CLAIM &&
           (act->accused.count > 0 ||
            (gs_words_at(r, act->cue.first) & GS_IN(ALLEGATION)) != 0);
}

/* A denial that shares no word with any claim, and no name: the one thing alleged by
 * another side right beside it. */
static void presume(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];
    size_t from = a > NEAR ? a - NEAR : 0, found = 0, count = 0;

    for (size_t b = from; b < r->acts.count && b <= a + LOOK_AHEAD; b++)
        if (b != a && alleges(r, &r->acts.items[b]) &&
            can_be_answered(act, &r->acts.items[b])) {
            found = b + 1;
            count++;
        }
    if (count != 1)
        return;
    act->answers = (uint32_t)found;
    act->answer_confidence = presumed;
}

void gs_links_find(gs_reading *r, const gs_stems *stems)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (!act->speech || act->answers != 0 || act->act == GS_ACT_CLAIM ||
            act->act == GS_ACT_NONE)
            continue;
        find(r, stems, a);
        if (act->answers == 0 && act->act == GS_ACT_DENIAL)
            presume(r, a);
    }
    for (size_t a = 0; a < r->acts.count; a++) {
        const gs_act *act = &r->acts.items[a];

        if (act->speech && act->answers == 0 && act->act != GS_ACT_CLAIM &&
            act->act != GS_ACT_NONE)
            follow(r, a);
    }
}
