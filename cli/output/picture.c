#include "cli/output/picture.h"
#include "cli/fail.h"
#include <stdlib.h>
#include <string.h>

static size_t find_lane(gs_picture *p, gs_text side)
{
    size_t i = 0;

    while (i < p->lane_count && !gs_text_equal(p->lanes[i], side))
        i++;
    if (i == p->lane_count)
        p->lanes[p->lane_count++] = side;
    return i;
}

/* Rows come as trees, depth first: each stands under the last that is one less deep. What
 * is told is never before what it answers, whatever its date leaves open. */
static void read_marks(gs_picture *p, const gs_speeches *speeches)
{
    size_t above[GS_SPEECH_DEPTH + 1]; /* the last one met at each depth */
    bool trees = false;

    for (size_t depth = 0; depth <= GS_SPEECH_DEPTH; depth++)
        above[depth] = GS_NOWHERE;
    for (size_t i = 0; i < p->count; i++)
        trees |= speeches->items[i].depth > 0;
    for (size_t i = 0; i < p->count; i++) {
        const gs_speech *s = &speeches->items[i];
        gs_mark *m = &p->marks[i];
        gs_error ignored;

        above[s->depth] = i;
        for (size_t depth = s->depth + 1; depth <= GS_SPEECH_DEPTH; depth++)
            above[depth] = GS_NOWHERE;
        *m = (gs_mark){.speech = s, .parent = GS_NOWHERE, .last = GS_NOWHERE};
        m->parent = s->depth > 0 ? above[s->depth - 1] : GS_NOWHERE;
        m->root = !trees ? 0 : m->parent != GS_NOWHERE ? p->marks[m->parent].root : i;
        m->dated = gs_edtf_parse(&m->date, s->date, &ignored) == GS_OK;
        m->key = !m->dated                                ? INT64_MAX
                 : m->date.earliest == GS_EDTF_OPEN_START ? m->date.latest
                                                          : m->date.earliest;
        if (m->parent != GS_NOWHERE && (!m->dated || m->key < p->marks[m->parent].key))
            m->key = p->marks[m->parent].key;
    }
}

static int by_place(const void *a, const void *b, void *context)
{
    const gs_mark *marks = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    if (marks[x].root != marks[y].root)
        return marks[x].root < marks[y].root ? -1 : 1;
    if (marks[x].key != marks[y].key)
        return marks[x].key < marks[y].key ? -1 : 1;
    return (x > y) - (x < y);
}

static void put_in_order(gs_picture *p)
{
    for (size_t i = 0; i < p->count; i++)
        p->order[i] = i;
    qsort_r(p->order, p->count, sizeof *p->order, by_place, p->marks);
    p->first = INT64_MAX;
    p->last = INT64_MIN;
    for (size_t i = 0; i < p->count; i++) {
        gs_mark *m = &p->marks[p->order[i]];

        m->place = m->last = i;
        m->number = (size_t)(m->speech - p->marks[0].speech) + 1;
        m->lane = find_lane(p, gs_side(m->speech));
        if (m->dated && m->date.earliest != GS_EDTF_OPEN_START &&
            m->date.earliest < p->first)
            p->first = m->date.earliest;
        if (m->dated && m->date.latest != GS_EDTF_OPEN_END && m->date.latest > p->last)
            p->last = m->date.latest;
    }
    for (size_t i = 0; i < p->count; i++) {
        gs_mark *m = &p->marks[i];

        if (m->parent != GS_NOWHERE && p->marks[m->parent].last < m->place)
            p->marks[m->parent].last = m->place;
    }
}

static int by_length(const void *a, const void *b, void *context)
{
    const gs_mark *marks = context, *x = &marks[*(const size_t *)a],
                  *y = &marks[*(const size_t *)b];
    size_t m = x->last - x->place, n = y->last - y->place;

    if (m != n)
        return m < n ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Whether the rails that have a track already leave it free for this one. */
static bool is_free(const gs_picture *p, const size_t *railed, size_t count,
                    const gs_mark *m, size_t track)
{
    for (size_t i = 0; i < count; i++) {
        const gs_mark *other = &p->marks[railed[i]];

        if (other->track == track && other->place <= m->last && m->place <= other->last)
            return false;
    }
    return true;
}

/* The shorter a rail, the nearer to the lanes, so that few lines cross. */
static void lay_rails(gs_picture *p)
{
    size_t *railed = p->railed, count = 0;

    for (size_t i = 0; i < p->count; i++)
        if (p->marks[i].last > p->marks[i].place)
            railed[count++] = i;
    p->railed_count = count;
    qsort_r(railed, count, sizeof *railed, by_length, p->marks);
    for (size_t i = 0; i < count; i++) {
        gs_mark *m = &p->marks[railed[i]];

        while (m->track + 1 < GS_TRACKS_MOST && !is_free(p, railed, i, m, m->track))
            m->track++;
        if (m->track >= p->track_count)
            p->track_count = m->track + 1;
    }
}

gainsay_code gs_picture_draw(gs_picture *out, gs_speeches *speeches, gs_output *output,
                             gainsay_error *err)
{
    gs_arena *arena = &output->arena;
    gs_picture p = {.count = speeches->count};

    p.railed = gs_arena_array(arena, p.count, sizeof *p.railed);
    p.marks = gs_arena_array(arena, p.count, sizeof *p.marks);
    p.order = gs_arena_array(arena, p.count, sizeof *p.order);
    p.lanes = gs_arena_array(arena, p.count, sizeof *p.lanes);
    if (p.marks == NULL || p.order == NULL || p.lanes == NULL || p.railed == NULL)
        return gs_cli_memory(err);
    read_marks(&p, speeches);
    put_in_order(&p);
    lay_rails(&p);
    *out = p;
    return GAINSAY_OK;
}

/* What XML has no place for: U+FFFE and U+FFFF. */
static bool is_none(gs_text text, size_t at)
{
    return text.size - at >= 3 && memcmp(text.bytes + at, "\xef\xbf", 2) == 0 &&
           (unsigned char)text.bytes[at + 2] >= 0xbe;
}

void gs_markup(gs_buffer *out, gs_text text)
{
    for (size_t i = 0; i < text.size; i++)
        switch (text.bytes[i]) {
        case '<':
            gs_buffer_text(out, GS_TEXT("&lt;"));
            break;
        case '>':
            gs_buffer_text(out, GS_TEXT("&gt;"));
            break;
        case '&':
            gs_buffer_text(out, GS_TEXT("&amp;"));
            break;
        case '"':
            gs_buffer_text(out, GS_TEXT("&quot;"));
            break;
        case '\'':
            gs_buffer_text(out, GS_TEXT("&#39;"));
            break;
        default:
            if (is_none(text, i)) {
                gs_buffer_text(out, GS_TEXT("\xef\xbf\xbd"));
                i += 2;
            } else
                gs_buffer_char(out, text.bytes[i]);
        }
}
