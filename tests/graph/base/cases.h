/* Case files: blank lines and lines that begin with "# " are passed over, every other
 * line is handed on as bytes, with `\n`, `\t`, `\\`, `\xHH` read as in C. */
#ifndef GS_TESTS_CASES_H
#define GS_TESTS_CASES_H

#include "graph/base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cases {
    FILE *file;
    char path[512];
    int line, failed, run;
} cases;

static inline bool cases_open(cases *c, const char *folder, const char *name)
{
    *c = (cases){0};
    snprintf(c->path, sizeof c->path, "%s/%s", folder, name);
    c->file = fopen(c->path, "r");
    return c->file != NULL;
}

static inline size_t cases_unescape(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0';) {
        char hex[3] = "";

        if (*from != '\\') {
            *to++ = *from++;
        } else if (from[1] == 'x') {
            memcpy(hex, from + 2, 2);
            *to++ = (char)strtol(hex, NULL, 16);
            from += 4;
        } else {
            *to++ = (char)(from[1] == 'n' ? '\n' : from[1] == 't' ? '\t' : from[1]);
            from += 2;
        }
    }
    return (size_t)(to - text);
}

/* false at the end of the file. */
static inline bool cases_next(cases *c, char *room, size_t size, gs_text *out)
{
    while (fgets(room, (int)size, c->file) != NULL) {
        c->line++;
        room[strcspn(room, "\n")] = '\0';
        if (room[0] == '\0' || (room[0] == '#' && (room[1] == ' ' || room[1] == '\0')))
            continue;
        *out = (gs_text){room, cases_unescape(room)};
        return true;
    }
    return false;
}

static inline void cases_judge(cases *c, gs_text wanted, gs_text got)
{
    c->run++;
    if (gs_text_equal(wanted, got))
        return;
    c->failed++;
    printf("%s:%d: wanted %.*s\n%*sgot %.*s\n", c->path, c->line, GS_SHOW(wanted), 4, "",
           GS_SHOW(got));
}

#endif
