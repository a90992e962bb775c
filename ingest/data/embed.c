/* gs_embed ROOT OUT.c FILES...: turns tables into a C file that defines what
 * ingest/extract/tables.h declares. A table is named by its path below ROOT.
 *
 * A program of the build: a failure is a message and status 1, and OUT.c is not left
 * half-written for the build to believe in. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_A_LINE = 20 };

static const char *name_of(const char *path, const char *root)
{
    size_t size = strlen(root);

    if (strncmp(path, root, size) == 0 && path[size] == '/')
        return path + size + 1;
    fprintf(stderr, "gs_embed: %s: not below %s\n", path, root);
    return NULL;
}

/* Numbers, not a string literal: C17 promises no literal of more than 4,095 bytes. */
static bool write_bytes(FILE *out, const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    size_t count = 0;
    bool good;
    int c;

    if (in == NULL) {
        perror(path);
        return false;
    }
    while ((c = getc(in)) != EOF) {
        fprintf(out, "%d,", c > 127 ? c - 256 : c);
        if (++count % BYTES_A_LINE == 0)
            putc('\n', out);
    }
    *size = count;
    good = !ferror(in);
    if (!good)
        perror(path);
    return fclose(in) == 0 && good;
}

static bool write_tables(FILE *out, const char *root, char **paths, int count)
{
    size_t *sizes = calloc((size_t)count + 1, sizeof *sizes);
    bool good = sizes != NULL;

    fputs("#include \"ingest/extract/tables.h\"\n", out);
    for (int i = 0; good && i < count; i++) {
        fprintf(out, "static const char bytes_%d[] = {\n", i);
        good = write_bytes(out, paths[i], &sizes[i]);
        fputs("0};\n", out);
    }
    fputs("const gs_table gs_tables[] = {\n", out);
    for (int i = 0; good && i < count; i++) {
        const char *name = name_of(paths[i], root);

        good = name != NULL;
        if (good)
            fprintf(out, "{\"%s\", bytes_%d, %zu},\n", name, i, sizes[i]);
    }
    /* The end marker keeps the array lawful when there is no table at all. */
    fprintf(out, "{0}};\nconst size_t gs_table_count = %d;\n", count);
    free(sizes);
    return good;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    FILE *out;
    bool good;

    if (argc < 3) {
        fputs("usage: gs_embed ROOT OUT.c FILES...\n", stderr);
        return 1;
    }
    out = fopen(argv[2], "w");
    if (out == NULL) {
        perror(argv[2]);
        return 1;
    }
    qsort(argv + 3, (size_t)argc - 3, sizeof *argv, by_name);
    good = write_tables(out, argv[1], argv + 3, argc - 3);
    good = !ferror(out) && good;
    good = fclose(out) == 0 && good;
    if (!good) {
        fprintf(stderr, "gs_embed: %s: not written\n", argv[2]);
        remove(argv[2]);
    }
    return good ? 0 : 1;
}
