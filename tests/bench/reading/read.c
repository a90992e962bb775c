/* How fast files are read: bytes to records, without extraction, identity or store.
 *
 *     bench-read FILE...      one line a file: its format, records, rates
 */
#include "ingest/formats/formats.h"
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check(gs_code rc, const char *path, const gs_error *err)
{
    if (rc == GS_OK || rc == GS_INPUT || rc == GS_END)
        return;
    fprintf(stderr, "%s: %s\n", path, err->text);
    exit(1);
}

static void read_file(const char *path)
{
    const gs_format *format;
    gs_input *input;
    gs_reader *reader;
    gs_arena arena = {0};
    gs_found found;
    gs_error err;
    gs_code rc = GS_OK;
    size_t count = 0, refused = 0;
    double start = seconds(), took, size;

    check(gs_input_open(&input, path, NULL, &err), path, &err);
    check(gs_format_find(&format, NULL, input, path, &err), path, &err);
    check(format->open(&reader, input, path, &err), path, &err);
    while (rc != GS_END) {
        rc = format->next(&found, reader, &arena, &err);
        check(rc, path, &err);
        count += rc == GS_OK;
        refused += rc == GS_INPUT;
        gs_arena_reset(&arena);
    }
    took = seconds() - start;
    size = (double)gs_input_size(input) / 1e6;
    printf("%s: %s, %zu records, %zu refused, %.3f s, %.1f MB/s, %.0f records/s\n", path,
           format->name, count, refused, took, size / took, (double)count / took);
    format->close(reader);
    gs_input_close(input);
    gs_arena_free(&arena);
}

int main(int argc, char **argv)
{
    mallopt(M_MMAP_THRESHOLD, 2 << 20); /* as gainsay-ingest has it */
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    for (int i = 1; i < argc; i++)
        read_file(argv[i]);
    return 0;
}
