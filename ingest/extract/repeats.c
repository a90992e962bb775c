#include "ingest/extract/repeats.h"

enum {
    LOOK_BACK = 48,
    SHARED_MIN = 3 /* words: fewer are chance */
};

static const double half = 0.5;

static bool share_accused(const gs_act *a, const gs_act *b)
{
    if (a->accused.count == 0 || b->accused.count == 0)
        return true;
    for (size_t i = 0; i < a->accused.count; i++)
        for (size_t j = 0; j < b->accused.count; j++)
            if (gs_party_same_side(&a->accused.items[i], &b->accused.items[j]))
                return true;
    return false;
}

static bool dates_agree(const gs_act *a, const gs_act *b)
{
    if (!a->dated || !b->dated)
        return true;
    return a->date.earliest <= b->date.latest && b->date.earliest <= a->date.latest;
}

static bool is_same(const gs_reading *r, const gs_stems *stems, size_t i, size_t j)
{
    const gs_act *a = &r->acts.items[i], *b = &r->acts.items[j];

    return a->speech && b->speech && a->act == b->act && a->sentence != b->sentence &&
           a->act != GS_ACT_NOCOMMENT && gs_party_same_side(&a->party, &b->party) &&
           share_accused(a, b) && dates_agree(a, b) &&
           gs_likeness_shared(&stems[i], &stems[j]) >= SHARED_MIN &&
           gs_likeness(&stems[i], &stems[j]) >= half;
}

static size_t first_of(const gs_reading *r, size_t i)
{
    return r->acts.items[i].same == 0 ? i : r->acts.items[i].same - 1;
}

static void lend_date(gs_act *to, const gs_act *from)
{
    if (!to->dated && from->dated) {
        to->date = from->date;
        to->dated = true;
    }
}

void gs_repeats_fold(gs_reading *r, const gs_stems *stems)
{
    for (size_t i = 1; i < r->acts.count; i++) {
        size_t from = i > LOOK_BACK ? i - LOOK_BACK : 0, best = i;
        double most = 0;

        for (size_t j = from; j < i; j++) {
            double likeness = gs_likeness(&stems[i], &stems[j]);

            if (is_same(r, stems, i, j) && likeness > most &&
                dates_agree(&r->acts.items[i], &r->acts.items[first_of(r, j)])) {
                most = likeness;
                best = j;
            }
        }
        if (best == i)
            continue;
        best = first_of(r, best);
        r->acts.items[i].same = (uint32_t)best + 1;
        lend_date(&r->acts.items[best], &r->acts.items[i]);
    }
    for (size_t i = 0; i < r->acts.count; i++)
        if (r->acts.items[i].same != 0)
            lend_date(&r->acts.items[i], &r->acts.items[r->acts.items[i].same - 1]);
}
