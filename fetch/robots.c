#include "fetch/robots.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    DELAY_MAX_MS = 60 * 1000,
    STEPS_MAX = 4 << 20 /* to judge one path: who writes rules that take more is not visited */
};

typedef struct reading {
    gs_robots *to;
    gs_text agent;
    bool named;    /* groups for the agent itself are read, not those for * */
    bool in_group; /* the one at hand is for us */
    bool in_agents; /* the line before named an agent, too */
} reading;

static gs_text next_line(gs_text *rest)
{
    size_t end = 0;
    gs_text line;

    while (end < rest->size && rest->bytes[end] != '\n' && rest->bytes[end] != '\r')
        end++;
    line = gs_text_slice(*rest, 0, end);
    *rest = gs_text_slice(*rest, end + 1, rest->size);
    end = gs_text_find(line, GS_TEXT("#"), 0);
    return gs_text_trim(end == SIZE_MAX ? line : gs_text_slice(line, 0, end));
}

/* "Key: value" apart; false where the line is none. */
static bool split(gs_text *key, gs_text *value, gs_text line)
{
    size_t colon = gs_text_find(line, GS_TEXT(":"), 0);

    if (colon == SIZE_MAX)
        return false;
    *key = gs_text_trim(gs_text_slice(line, 0, colon));
    *value = gs_text_trim(gs_text_slice(line, colon + 1, line.size));
    return true;
}

static bool is_word(gs_text text, gs_text word)
{
    return text.size == word.size && strncasecmp(text.bytes, word.bytes, word.size) == 0;
}

/* The product token of a User-agent line: letters, - and _. */
static gs_text token_of(gs_text value)
{
    size_t end = 0;

    while (end < value.size && (isalpha((unsigned char)value.bytes[end]) ||
                                value.bytes[end] == '-' || value.bytes[end] == '_'))
        end++;
    return gs_text_slice(value, 0, end);
}

static bool is_for_us(const reading *r, gs_text value)
{
    return r->named ? is_word(token_of(value), r->agent)
                    : gs_text_starts(value, GS_TEXT("*"));
}

static void add_rule(reading *r, gs_text pattern, bool allow)
{
    if (pattern.size > 0)
        r->to->rules[r->to->count++] = (gs_robots_rule){pattern, allow};
}

static void set_delay(reading *r, gs_text value)
{
    char digits[16];
    double seconds;

    if (value.size == 0 || value.size >= sizeof digits)
        return;
    for (size_t i = 0; i <= value.size; i++)
        digits[i] = i < value.size ? value.bytes[i] : '\0';
    seconds = strtod(digits, NULL);
    if (seconds > 0)
        r->to->delay_ms =
            seconds * 1000 < DELAY_MAX_MS ? (uint32_t)(seconds * 1000) : DELAY_MAX_MS;
}

static void read_line(reading *r, gs_text line)
{
    gs_text key, value;

    if (!split(&key, &value, line))
        return;
    if (is_word(key, GS_TEXT("user-agent"))) {
        if (!r->in_agents)
            r->in_group = false;
        r->in_agents = true;
        r->in_group = r->in_group || is_for_us(r, value);
        return;
    }
    if (is_word(key, GS_TEXT("allow")) || is_word(key, GS_TEXT("disallow"))) {
        r->in_agents = false;
        if (r->in_group)
            add_rule(r, value, is_word(key, GS_TEXT("allow")));
    } else if (is_word(key, GS_TEXT("crawl-delay"))) {
        r->in_agents = false;
        if (r->in_group)
            set_delay(r, value);
    }
}

static bool names_agent(gs_text text, gs_text agent)
{
    gs_text key, value;

    while (text.size > 0)
        if (split(&key, &value, next_line(&text)) &&
            is_word(key, GS_TEXT("user-agent")) && is_word(token_of(value), agent))
            return true;
    return false;
}

static size_t count_lines(gs_text text)
{
    size_t count = 1;

    for (size_t i = 0; i < text.size; i++)
        count += text.bytes[i] == '\n' || text.bytes[i] == '\r';
    return count;
}

gs_code gs_robots_read(gs_robots *out, gs_text text, gs_text agent, gs_arena *arena,
                       gs_error *err)
{
    reading r = {.to = out, .agent = agent};

    text = gs_text_slice(text, 0, GS_ROBOTS_MAX);
    *out = (gs_robots){.rules = gs_arena_array(arena, count_lines(text), sizeof *out->rules)};
    if (out->rules == NULL)
        return gs_fail_memory(err);
    if (gs_text_starts(text, GS_TEXT("\xef\xbb\xbf")))
        text = gs_text_slice(text, 3, text.size);
    r.named = names_agent(text, agent);
    while (text.size > 0)
        read_line(&r, next_line(&text));
    return GS_OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next octet, and whether it was written as %XX; a path and a pattern may differ in
 * what they write so. */
static int next_octet(bool *escaped, gs_text text, size_t *at)
{
    char c = text.bytes[*at];
    int high = -1, low = -1;

    if (c == '%' && *at + 2 < text.size) {
        high = hex_digit(text.bytes[*at + 1]);
        low = hex_digit(text.bytes[*at + 2]);
    }
    *escaped = high >= 0 && low >= 0;
    *at += *escaped ? 3 : 1;
    return *escaped ? high * 16 + low : (unsigned char)c;
}

/* One octet of both that is the same. What is reserved (RFC 3986, 2.2) and escaped is
 * not what it is unescaped. */
static bool same_octet(gs_text pattern, size_t *p, gs_text path, size_t *at)
{
    bool pattern_escaped, path_escaped;
    int a = next_octet(&pattern_escaped, pattern, p);
    int b = next_octet(&path_escaped, path, at);

    if (a != b)
        return false;
    return pattern_escaped == path_escaped || isalnum(a) || a >= 0x80 ||
           strchr("-._~*$", a) != NULL; /* * and $ are escaped to be themselves */
}

/* Whether the pattern fits the path's beginning. Linear but for its stars, each of which
 * is tried from its first place on, and only the last one again. */
static bool fits(gs_text pattern, gs_text path, size_t *steps)
{
    size_t p = 0, at = 0, star = SIZE_MAX, from = 0;

    for (;; ++*steps) {
        size_t p_next = p, at_next = at;
        bool is_end = p + 1 == pattern.size && pattern.bytes[p] == '$';

        if (p == pattern.size || *steps > STEPS_MAX)
            return true;
        if (pattern.bytes[p] == '*') {
            star = ++p;
            from = at;
            continue;
        }
        if (is_end && at == path.size)
            return true;
        if (!is_end && at < path.size && same_octet(pattern, &p_next, path, &at_next)) {
            p = p_next;
            at = at_next;
            continue;
        }
        if (star == SIZE_MAX || from >= path.size)
            return false;
        p = star;
        at = ++from;
    }
}

bool gs_robots_allow(const gs_robots *robots, gs_text path)
{
    size_t longest = 0, steps = 0;
    bool allow = true;

    for (size_t i = 0; i < robots->count; i++) {
        const gs_robots_rule *rule = &robots->rules[i];

        if (rule->pattern.size < longest || !fits(rule->pattern, path, &steps))
            continue;
        allow = rule->allow || (rule->pattern.size == longest && allow && longest > 0);
        longest = rule->pattern.size;
    }
    return allow && steps <= STEPS_MAX;
}
