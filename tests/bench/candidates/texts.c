/* bench-texts FILE: the ways to keep texts that were weighed, on the lines of FILE: what
 * they take of time and of bytes, and how long it takes to read a line at random. All must
 * read what was written. docs/format.md has the figures.
 *
 *   plain       as they are
 *   alone       a zstd frame a line
 *   dictionary  the same, with a dictionary of 110 KiB made from every 64th line
 *   blocks      a zstd frame of lines up to 12 KiB: what graph/short.h does
 *   wide        the same up to 64 KiB */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zdict.h>
#include <zstd.h>

enum { LEVEL = 1, LOOKUPS = 20000, DICTIONARY = 110 << 10, SAMPLE = 64 };

typedef struct line {
    const char *bytes;
    size_t size;
    size_t frame, at; /* where it lies: its frame's start, its place in what that holds */
} line;

typedef struct way {
    const char *name;
    size_t block; /* bytes of lines in a frame; 0: each line has its own */
    int compressed, with_dictionary;
} way;

static char *file, *kept, *scratch;
static size_t file_size, kept_size, kept_room, widest, line_count;
static line *lines;
static ZSTD_CDict *to_dictionary;
static ZSTD_DDict *from_dictionary;

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "bench-texts: %s\n", what);
    exit(1);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void *memory(size_t size)
{
    void *taken = malloc(size);

    if (taken == NULL)
        fail("out of memory");
    return taken;
}

static void read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    long size = 0;

    if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) <= 0)
        fail("the file cannot be read, or is empty");
    rewind(in);
    file_size = (size_t)size;
    file = memory(file_size);
    if (fread(file, 1, file_size, in) != file_size)
        fail("the file cannot be read");
    fclose(in);
}

static void split_lines(void)
{
    size_t start = 0;

    for (size_t i = 0; i < file_size; i++)
        line_count += file[i] == '\n';
    lines = memory((line_count + 1) * sizeof *lines);
    line_count = 0;
    for (size_t i = 0; i < file_size; i++) {
        if (file[i] != '\n')
            continue;
        lines[line_count++] = (line){file + start, i - start, 0, 0};
        widest = i - start > widest ? i - start : widest;
        start = i + 1;
    }
    if (line_count == 0)
        fail("the file has no whole line");
}

/* False where there are too few lines to make one of. */
static int make_dictionary(void)
{
    size_t count = 0, used = 0, size;
    char *samples = memory(file_size), *dictionary = memory(DICTIONARY);
    size_t *sizes = memory((line_count / SAMPLE + 1) * sizeof *sizes);

    for (size_t i = 0; i < line_count; i += SAMPLE) {
        memcpy(samples + used, lines[i].bytes, lines[i].size);
        sizes[count++] = lines[i].size;
        used += lines[i].size;
    }
    size = ZDICT_trainFromBuffer(dictionary, DICTIONARY, samples, sizes, (unsigned)count);
    if (!ZDICT_isError(size)) {
        to_dictionary = ZSTD_createCDict(dictionary, size, LEVEL);
        from_dictionary = ZSTD_createDDict(dictionary, size);
    }
    free(samples);
    free(sizes);
    free(dictionary);
    return to_dictionary != NULL && from_dictionary != NULL;
}

static void append(const void *bytes, size_t size)
{
    if (kept_size + size > kept_room)
        fail("it grows more than can be");
    memcpy(kept + kept_size, bytes, size);
    kept_size += size;
}

/* A frame is 4 bytes of its size and what it holds. */
static void append_frame(const way *w, ZSTD_CCtx *context, const char *from, size_t size)
{
    size_t room = ZSTD_compressBound(size), made = size;
    uint32_t stored;

    if (w->compressed && w->with_dictionary)
        made =
            ZSTD_compress_usingCDict(context, scratch, room, from, size, to_dictionary);
    else if (w->compressed)
        made = ZSTD_compressCCtx(context, scratch, room, from, size, LEVEL);
    if (ZSTD_isError(made))
        fail("cannot compress");
    stored = (uint32_t)made;
    append(&stored, sizeof stored);
    append(w->compressed ? scratch : from, made);
}

static void write_lines(const way *w)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t first = 0, held = 0;

    kept_size = 0;
    for (size_t i = 0; i < line_count; i++) {
        lines[i].frame = kept_size;
        lines[i].at = held;
        held += lines[i].size + 1;
        if (held < w->block && i + 1 < line_count)
            continue;
        append_frame(w, context, lines[first].bytes, held);
        first = i + 1;
        held = 0;
    }
    ZSTD_freeCCtx(context);
}

static size_t read_line(const way *w, ZSTD_DCtx *context, char *to, size_t room,
                        const line *l)
{
    uint32_t size;
    const char *from = kept + l->frame + sizeof size;

    memcpy(&size, kept + l->frame, sizeof size);
    if (!w->compressed)
        return memcmp(from + l->at, l->bytes, l->size) == 0 ? size : 0;
    if (w->with_dictionary)
        room = ZSTD_decompress_usingDDict(context, to, room, from, size, from_dictionary);
    else
        room = ZSTD_decompressDCtx(context, to, room, from, size);
    if (ZSTD_isError(room) || memcmp(to + l->at, l->bytes, l->size) != 0)
        fail("another text than was written");
    return room;
}

static void measure(const way *w)
{
    size_t room = widest + w->block + 1;
    ZSTD_DCtx *context = ZSTD_createDCtx();
    char *to = memory(room);
    double before = seconds(), wrote, looked;
    uint64_t at = 1;

    write_lines(w);
    wrote = seconds() - before;
    before = seconds();
    for (int i = 0; i < LOOKUPS; i++) {
        at = at * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        read_line(w, context, to, room, &lines[(at >> 33) % line_count]);
    }
    looked = seconds() - before;
    printf("%-10s  write %6.1f MB/s  %6.1f bytes a line  read %6.2f us\n", w->name,
           (double)file_size / wrote / 1e6, (double)kept_size / (double)line_count,
           looked / LOOKUPS * 1e6);
    free(to);
    ZSTD_freeDCtx(context);
}

int main(int argc, char **argv)
{
    static const way ways[] = {{"plain", 0, 0, 0},
                               {"alone", 0, 1, 0},
                               {"dictionary", 0, 1, 1},
                               {"blocks", 12 << 10, 1, 0},
                               {"wide", 64 << 10, 1, 0}};
    int has_dictionary;

    if (argc != 2)
        fail("usage: bench-texts FILE");
    read_file(argv[1]);
    split_lines();
    has_dictionary = make_dictionary();
    kept_room = 2 * file_size + 64 * line_count + 1024;
    kept = memory(kept_room);
    scratch = memory(ZSTD_compressBound(widest + (64 << 10) + 1));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (has_dictionary || !ways[i].with_dictionary)
            measure(&ways[i]);
    ZSTD_freeCDict(to_dictionary);
    ZSTD_freeDDict(from_dictionary);
    free(file);
    free(lines);
    free(kept);
    free(scratch);
    return 0;
}
