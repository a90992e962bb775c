#include "cli/output/page.h"
#include "cli/output/picture.h"

/* Colours by what they mean, once for a light page and once for a dark one; on paper the
 * light ones. */
static const char colors[] =
    ":root{color-scheme:light "
    "dark;--page:#fff;--ink:#1d2228;--soft:#59616b;--faint:#d5d9de;"
    "--card:#f6f7f9;--rail:#8a929c;--focus:#1c5fb8;--claim:#9a6200;--denial:#c02b2b;"
    "--counter:#7a3fb0;--confirm:#1d7a3c;--retract:#0b7285;--quiet:#697077;--assess:#"
    "1c5fb8}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--page:#14171a;--ink:#e6e9ec;"
    "--soft:#a3abb5;--faint:#353b43;--card:#1e2328;--rail:#7d8791;--focus:#7db2ff;"
    "--claim:#e0a840;--denial:#ff7b72;--counter:#c79bf2;--confirm:#62c67e;--retract:#"
    "5cc3d4;"
    "--quiet:#a3abb5;--assess:#7db2ff}}\n";

static const char text[] =
    "body{margin:0 auto;max-width:76rem;padding:1rem 1.25rem 4rem;background:var(--page);"
    "color:var(--ink);font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.35rem;margin:.5rem 0 0}h2{font-size:1.05rem;margin:2.2rem 0 .5rem;"
    "border-top:1px solid var(--faint);padding-top:.8rem}p{margin:.2rem 0}\n"
    ".soft,small,figcaption{color:var(--soft);font-size:.86rem}a{color:var(--focus)}\n"
    ":focus-visible,li:target>article{outline:2px solid "
    "var(--focus);outline-offset:2px}\n"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid var(--faint);"
    "padding:.25rem .6rem;text-align:left;vertical-align:top}th{background:var(--card)}"
    "td.number{text-align:right}\n";

static const char shapes[] =
    ".claim{--kind:var(--claim)}.denial{--kind:var(--denial)}.counterclaim{--kind:var(--"
    "counter)}"
    ".confirmation{--kind:var(--confirm)}.retraction{--kind:var(--retract)}"
    ".assessment{--kind:var(--assess)}.nocomment{--kind:var(--quiet)}\n"
    ".shape{width:1em;height:1em;vertical-align:-.12em;fill:var(--kind,var(--quiet))}"
    ".cut{fill:none;stroke:var(--page);stroke-width:2}.verb{color:var(--kind,var(--quiet)"
    ");"
    "font-weight:600}\n"
    "figure{margin:1rem "
    "0;overflow-x:auto}figure>svg{display:block;min-width:44rem;width:100%}"
    "figcaption span{margin-right:1.1em;white-space:nowrap}\n"
    "svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .axis{font-size:11px;"
    "fill:var(--soft);text-anchor:middle}.tick,.lane{stroke:var(--faint)}\n"
    ".link{fill:none;stroke:var(--rail)}.many "
    ".link{opacity:.4}path.inferred{stroke-dasharray:4 3}"
    ".open{stroke:var(--kind,var(--quiet));stroke-width:4;opacity:.35}"
    ".mark{fill:var(--kind,var(--quiet))}a.mark:hover{fill:var(--ink)}\n";

/* A step is three columns: its date, the rails, its words in the lane of its side. Rails
 * and arms are borders, which paper shows too; --mid is where they meet the words. */
static const char steps[] =
    "ol{list-style:none;margin:0;padding:0;--day:8.6rem;--step:.8rem;"
    "--gutter:calc(1rem + var(--tracks)*var(--step));"
    "--spread:.42}ol.single{--spread:0}\n"
    "li{position:relative;display:grid;grid-template-columns:var(--day) var(--gutter) "
    "1fr;"
    "--mid:1.35rem;padding:.25rem 0;break-inside:avoid}li.later{--mid:3.05rem}\n"
    ".gap{grid-column:1/4;height:1.7rem;line-height:1.7rem;margin:0;color:var(--soft);"
    "font-size:.86rem}.day{grid-column:1;padding-top:.55rem;font-variant-numeric:tabular-"
    "nums}"
    ".day small{display:block;padding-right:.5rem}\n"
    "article{grid-column:3;margin-left:calc(100%*var(--lane)*var(--spread));"
    "width:calc(100% - 100%*var(--spread));box-sizing:border-box;background:var(--card);"
    "border:1px solid var(--faint);border-left:4px solid var(--kind,var(--quiet));"
    "border-radius:4px;padding:.5rem .8rem}\n"
    "blockquote{margin:.3rem 0}li i{position:absolute;pointer-events:none}\n"
    ".rail{left:calc(var(--day) + var(--gutter) - 1rem - "
    "var(--t)*var(--step));top:0;bottom:0;"
    "border-left:2px solid var(--rail)}.rail.down{top:var(--mid)}"
    ".rail.up{bottom:auto;height:var(--mid)}\n"
    ".arm{left:calc(var(--day) + var(--gutter) - 1rem - "
    "var(--t)*var(--step));top:var(--mid);"
    "width:calc(1rem + var(--t)*var(--step) + (100% - var(--day) - "
    "var(--gutter))*var(--lane)*"
    "var(--spread));border-top:2px solid "
    "var(--rail)}.arm.inferred{border-top-style:dashed}\n"
    ".arm.to::after{content:'';position:absolute;right:0;top:-6px;border:5px solid "
    "transparent;"
    "border-left-color:var(--rail);border-right-width:0}\n"
    "@media(max-width:44rem){ol{--day:0px;--spread:0;--step:.4rem}li{grid-template-"
    "columns:var(--"
    "gutter) 1fr}"
    ".gap{grid-column:2}.day{grid-column:2;padding:0}.day "
    "small{display:inline;margin-left:.6em}"
    "article{grid-column:2}body{padding:.5rem .7rem 3rem}}\n"
    "@media "
    "print{body{font-size:10.5pt;padding:0}a{color:inherit}figure{overflow:visible}"
    "figure>svg{min-width:0}article{background:none}}\n";

void gs_page_begin(gs_buffer *out, gs_text title, const gs_buffer *rules)
{
    gs_buffer_text(
        out,
        GS_TEXT(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<meta name=\"generator\" content=\"gainsay " GAINSAY_VERSION
            "\">\n<title>"));
    gs_markup(out, title);
    gs_buffer_format(out, "</title>\n<style>\n%s%s%s%s", colors, text, shapes, steps);
    if (rules != NULL)
        gs_buffer_text(out, gs_buffer_view(rules));
    gs_buffer_text(out, GS_TEXT("</style>\n</head>\n<body>\n"));
}

void gs_page_end(gs_buffer *out)
{
    gs_buffer_text(out, GS_TEXT("</body>\n</html>\n"));
}
