/* All of a picture at a glance: time from left to right, a lane each side. A statement
 * whose day is not known is drawn as long as its date leaves open. */
#include "cli/output/fit.h"
#include "cli/output/picture.h"
#include <inttypes.h>
#include <string.h>

enum {
    WIDE = 1000,
    LEFT = 150,  /* where time begins */
    RIGHT = 978, /* where it ends */
    TOP = 18,    /* of the first lane */
    LANE = 34,
    BELOW = 24, /* the axis */
    MARK = 12,
    DAY = 86400,
    LANES_MOST = 14, /* the sides that speak most rarely share the last one */
    SIDE_CELLS = 20, /* of a side's name */
    MANY = 60,       /* more are joined by fainter lines */
    STACKED = 3,     /* marks beside each other, in height */
};

static double at(const gs_picture *p, int64_t second)
{
    double span = (double)p->last - (double)p->first;

    if (second < p->first)
        return LEFT;
    if (second > p->last || span <= 0)
        return second > p->last ? RIGHT : (LEFT + RIGHT) / 2.0;
    return LEFT + (RIGHT - LEFT) * ((double)second - (double)p->first) / span;
}

static size_t lanes_of(const gs_picture *p)
{
    return p->lane_count < LANES_MOST ? p->lane_count : LANES_MOST;
}

typedef struct spot {
    double x, y, from, to;
} spot;

/* Several on one day stand a little lower, so that each can be seen. */
static spot spot_of(const gs_picture *p, const gs_mark *m)
{
    size_t lanes = lanes_of(p), lane = m->lane < lanes ? m->lane : lanes - 1;
    double y = TOP + LANE * (double)lane + LANE / 2.0;
    int64_t earliest =
        m->dated && m->date.earliest != GS_EDTF_OPEN_START ? m->date.earliest : p->first;
    int64_t latest =
        m->dated && m->date.latest != GS_EDTF_OPEN_END ? m->date.latest : p->last;
    spot s = {.from = at(p, earliest), .to = at(p, latest)};

    s.x = (s.from + s.to) / 2;
    s.y = y + 5.0 * ((double)(m->place % STACKED) - 1);
    return s;
}

static void write_year(gs_buffer *out, const gs_picture *p, int64_t day, size_t height)
{
    double x = at(p, day * DAY);
    gs_day parts = gs_day_of(day);

    gs_buffer_format(out, "<line class='tick' x1='%.1f' x2='%.1f' y1='%d' y2='%zu'/>", x,
                     x, TOP, height - BELOW);
    if (parts.month == 1 && parts.day == 1)
        gs_buffer_format(out, "<text class='axis' x='%.1f' y='%zu'>%04d</text>\n", x,
                         height - 8, (int)parts.year);
    else
        gs_buffer_format(out,
                         "<text class='axis' x='%.1f' y='%zu'>%04d-%02u-%02u</text>\n", x,
                         height - 8, (int)parts.year, parts.month, parts.day);
}

/* Some eight lines: every so many days. */
static void write_axis(gs_buffer *out, const gs_picture *p, size_t height)
{
    static const int64_t steps[] = {1, 2, 7, 14, 31, 61, 92, 183, 366, 731, 1827, 3653};
    int64_t days, step = steps[sizeof steps / sizeof *steps - 1], first;

    if (p->first > p->last)
        return;
    days = (p->last - p->first) / DAY;
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;)
        step = days / steps[i] <= 8 ? steps[i] : step;
    while (days / step > 8)
        step *= 10;
    first = gs_day_at(p->first);
    for (int64_t day = first; day * DAY <= p->last; day += step)
        write_year(out, p, day, height);
}

static void write_lanes(gs_output *output, const gs_picture *p)
{
    gs_buffer *out = &output->line;
    size_t lanes = lanes_of(p);

    for (size_t i = 0; i < lanes; i++) {
        double y = TOP + LANE * (double)i + LANE / 2.0;

        gs_buffer_format(out, "<line class='lane' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
                         LEFT - 8, RIGHT, y, y);
        gs_buffer_format(out, "<text class='side' x='0' y='%.1f'>", y + 4);
        gs_markup(out, i + 1 == lanes && p->lane_count > lanes
                           ? GS_TEXT("others")
                           : gs_fit(&output->arena, p->lanes[i], SIDE_CELLS));
        gs_buffer_text(out, GS_TEXT("</text>\n"));
    }
}

static void write_link(gs_buffer *out, const gs_picture *p, const gs_mark *m)
{
    spot from = spot_of(p, m), to;
    double bend;

    if (m->parent == GS_NOWHERE)
        return;
    to = spot_of(p, &p->marks[m->parent]);
    bend = from.y == to.y ? from.y - 22 : (from.y + to.y) / 2;
    gs_buffer_format(out, "<path class='link%s' d='M%.1f %.1fQ%.1f %.1f %.1f %.1f'/>\n",
                     m->speech->inferred ? " inferred" : "", from.x, from.y,
                     (from.x + to.x) / 2, bend, to.x, to.y);
}

/* "[3] 2024-03-04: Borduria denies: we never ..." */
static void write_title(gs_buffer *out, const gs_mark *m)
{
    const gs_speech *s = m->speech;

    gs_buffer_format(out, "[%zu] ", m->number);
    gs_markup(out, s->date);
    gs_buffer_text(out, GS_TEXT(": "));
    gs_markup(out, s->speaker);
    gs_buffer_format(out, " %s: ", gs_manner_of(s->kind)->verb);
    gs_markup(out, s->text);
}

static void write_mark(gs_buffer *out, const gs_picture *p, const gs_mark *m, bool alone)
{
    const gs_manner *kind = gs_manner_of(m->speech->kind);
    spot s = spot_of(p, m);

    gs_buffer_format(out,
                     alone ? "<g class='mark %s'><title>"
                           : "<a class='mark %s' href='#s%zu' tabindex='-1'><title>",
                     kind->kind, m->number);
    write_title(out, m);
    gs_buffer_text(out, GS_TEXT("</title>"));
    if ((m->dated && m->date.precision < GS_PRECISION_DAY && s.to - s.from > MARK) ||
        !m->dated)
        gs_buffer_format(out,
                         "<line class='open' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'/>",
                         s.from, s.to, s.y, s.y);
    gs_buffer_format(out, "<g transform='translate(%.1f %.1f) scale(.75)'>%s</g></%s>\n",
                     s.x - MARK / 2.0, s.y - MARK / 2.0, kind->shape, alone ? "g" : "a");
}

static const char style[] =
    "<style>svg{font:13px "
    "system-ui,sans-serif;background:#fff;--ink:#1d2228;--faint:#d5d9de;"
    "--claim:#9a6200;--denial:#c02b2b;--counter:#7a3fb0;--confirm:#1d7a3c;--retract:#"
    "0b7285;"
    "--quiet:#697077;--assess:#1c5fb8;--page:#fff}"
    "text{fill:var(--ink)}.axis{font-size:11px;text-anchor:middle}.tick{stroke:var(--"
    "faint)}"
    ".lane{stroke:var(--faint)}.link{fill:none;stroke:#697077}.many .link{opacity:.4}"
    ".inferred{stroke-dasharray:4 3}.open{stroke:currentColor;stroke-width:4;opacity:.35}"
    ".mark{fill:currentColor;color:var(--quiet)}.cut{fill:none;stroke:var(--page);stroke-"
    "width:2}"
    ".claim{color:var(--claim)}.denial{color:var(--denial)}.counterclaim{color:var(--"
    "counter)}"
    ".confirmation{color:var(--confirm)}.retraction{color:var(--retract)}"
    ".assessment{color:var(--assess)}</style>\n";

void gs_overview_write(gs_output *output, const gs_picture *p, bool alone)
{
    gs_buffer *out = &output->line;
    size_t height = TOP + LANE * lanes_of(p) + BELOW;

    gs_buffer_format(
        out,
        "<svg%s%s viewBox='0 0 %d %zu' role='img' aria-label='%zu statements "
        "along time, a line for each side that speaks'>\n",
        alone ? " xmlns='http://www.w3.org/2000/svg'" : "",
        p->count > MANY ? " class='many'" : "", WIDE, height, p->count);
    if (alone)
        gs_buffer_text(out, gs_text_of(style));
    write_axis(out, p, height);
    write_lanes(output, p);
    for (size_t i = 0; i < p->count; i++)
        write_link(out, p, &p->marks[i]);
    for (size_t i = 0; i < p->count; i++)
        write_mark(out, p, &p->marks[p->order[i]], alone);
    gs_buffer_text(out, GS_TEXT("</svg>\n"));
}
