#include "graph/erase.h"

#include "graph/dump.h"
#include "graph/model.h"
#include "graph/properties.h"
#include "graph/recall.h"
#include "graph/snapshot_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct eraser {
    gs_snapshot whole; /* everything there has ever been */
    const gs_erasing *erasing;
    unsigned char *gone;   /* a bit a number */
    unsigned char *texted; /* documents whose text goes, as it holds erased words */
    gs_arena arena;        /* of the words */
    gs_arena row;
    gs_text *words;
    size_t word_count, word_room;
    gs_erasure sum;
} eraser;

static bool has(const unsigned char *bits, uint64_t number)
{
    return bits[number / 8] >> number % 8 & 1;
}

static void set(unsigned char *bits, uint64_t number, bool on)
{
    unsigned char bit = (unsigned char)(1u << number % 8);

    bits[number / 8] =
        (unsigned char)(on ? bits[number / 8] | bit : bits[number / 8] & ~bit);
}

static gs_code pause_for(const eraser *e, gs_error *err)
{
    if (e->erasing->interrupt != NULL && *e->erasing->interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted; nothing is erased");
    return GS_OK;
}

static gs_code text_of(gs_text *out, eraser *e, const gs_node *node, uint32_t key,
                       gs_error *err)
{
    gs_value value;
    gs_code rc = gs_property(&value, &e->whole, node->properties, key, &e->row, err);

    *out = rc == GS_OK && value.type == GS_STRING ? value.as.string : (gs_text){0};
    return rc;
}

static gs_code is_called(bool *out, eraser *e, const gs_node *node, gs_error *err)
{
    static const uint32_t names[] = {GS_P_URL, GS_P_FILE, GS_P_IDENTITY};
    bool document = gs_node_has_label(node, GS_DOCUMENT);
    gs_text name;
    gs_code rc = GS_OK;

    *out = false;
    if (gs_node_has_label(node, GS_STATEMENT)) {
        rc = text_of(&name, e, node, GS_P_ID, err);
        *out = rc == GS_OK && name.bytes != NULL && gs_text_equal(name, e->erasing->what);
    }
    for (size_t i = 0; document && rc == GS_OK && !*out && i < 3; i++) {
        rc = text_of(&name, e, node, names[i], err);
        *out = rc == GS_OK && name.bytes != NULL && gs_text_equal(name, e->erasing->what);
    }
    return rc;
}

/* A visit of each node, or of each edge, as it was born. */
typedef gs_code visit_node(eraser *e, const gs_node *node, gs_error *err);
typedef gs_code visit_edge(eraser *e, const gs_edge *edge, gs_error *err);

static gs_code each(eraser *e, visit_node *on_node, visit_edge *on_edge, gs_error *err)
{
    gs_node node;
    gs_edge edge;
    gs_code rc = GS_OK;

    for (uint64_t n = 1; rc == GS_OK && n <= e->whole.last; n++) {
        gs_arena_reset(&e->row);
        if (n % 4096 == 0 && (rc = pause_for(e, err)) != GS_OK)
            return rc;
        rc = gs_node_record(&node, NULL, &e->whole, n, err);
        if (rc == GS_OK) {
            if (on_node != NULL)
                rc = on_node(e, &node, err);
        } else if (rc == GS_END && on_edge != NULL) {
            rc = gs_edge_record(&edge, NULL, &e->whole, n, err);
            if (rc == GS_OK)
                rc = on_edge(e, &edge, err);
        }
        rc = rc == GS_END ? GS_OK : rc;
    }
    return rc;
}

static gs_code find_named(eraser *e, const gs_node *node, gs_error *err)
{
    bool named;
    gs_code rc = is_called(&named, e, node, err);

    if (rc == GS_OK && named)
        set(e->gone, node->number, true);
    return rc;
}

/* A document takes with it what is reported there ... */
static gs_code find_reported(eraser *e, const gs_edge *edge, gs_error *err)
{
    (void)err;
    if (edge->type == GS_REPORTED_IN && has(e->gone, edge->end))
        set(e->gone, edge->start, true);
    return GS_OK;
}

static gs_code is_document(bool *out, eraser *e, uint64_t number, gs_error *err)
{
    gs_node node;
    gs_code rc = gs_node_record(&node, NULL, &e->whole, number, err);

    *out = rc == GS_OK && gs_node_has_label(&node, GS_DOCUMENT);
    return rc == GS_END ? GS_OK : rc;
}

/* ... and nowhere else, unless it was named itself. */
static gs_code spare_others(eraser *e, const gs_edge *edge, gs_error *err)
{
    gs_node node;
    bool named = true;
    gs_code rc;

    if (edge->type != GS_REPORTED_IN || !has(e->gone, edge->start) ||
        has(e->gone, edge->end))
        return GS_OK;
    rc = gs_node_record(&node, NULL, &e->whole, edge->start, err);
    if (rc == GS_OK)
        rc = is_called(&named, e, &node, err);
    if (rc == GS_OK && !named)
        set(e->gone, edge->start, false);
    return rc;
}

static gs_code add_word(eraser *e, const gs_node *node, uint32_t key, bool quoted,
                        gs_error *err)
{
    gs_text word;
    gs_code rc = text_of(&word, e, node, key, err);

    if (rc != GS_OK || word.size == 0)
        return rc;
    word = gs_text_format(&e->arena, quoted ? "\"%.*s\"" : "%.*s", GS_SHOW(word));
    e->words =
        gs_arena_grow(&e->arena, e->words, e->word_count, &e->word_room, sizeof word);
    if (e->words == NULL || word.bytes == NULL)
        return gs_fail_memory(err);
    e->words[e->word_count++] = word;
    return GS_OK;
}

static gs_code count_node(eraser *e, const gs_node *node, gs_error *err)
{
    bool statement = gs_node_has_label(node, GS_STATEMENT);
    gs_code rc;

    if (!has(e->gone, node->number))
        return GS_OK;
    e->sum.statements += statement;
    e->sum.documents += !statement;
    GS_TRY(add_word(e, node, GS_P_TEXT, false, err));
    GS_TRY(add_word(e, node, GS_P_ID, true, err));
    GS_TRY(add_word(e, node, GS_P_URL, false, err));
    rc = add_word(e, node, GS_P_FILE, true, err);
out:
    return rc;
}

/* What joins it to others goes, and the text in which its words stand. */
static gs_code take_edge(eraser *e, const gs_edge *edge, gs_error *err)
{
    bool document = false;
    gs_code rc = GS_OK;

    if (!has(e->gone, edge->start) && !has(e->gone, edge->end))
        return GS_OK;
    if (edge->type == GS_REPORTED_IN && !has(e->gone, edge->end))
        rc = is_document(&document, e, edge->end, err);
    if (document)
        set(e->texted, edge->end, true);
    set(e->gone, edge->number, true);
    return rc;
}

static gs_code take_owned(eraser *e, gs_error *err)
{
    gs_stretch all = {1, e->whole.last};
    gs_ranges within = {&all, 1, 1};
    gs_owned *owned = NULL;
    size_t count = 0;
    gs_code rc = gs_owned_read(&owned, &count, &e->whole, &within, err);

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        bool text = owned[i].kind == 't' && has(e->texted, owned[i].owner);

        e->sum.texts += text;
        if (text || has(e->gone, owned[i].owner))
            set(e->gone, owned[i].number, true);
    }
    free(owned);
    return rc;
}

static gs_code find_all(gs_ranges *out, eraser *e, gs_error *err)
{
    gs_code rc;

    GS_TRY(each(e, find_named, NULL, err));
    GS_TRY(each(e, NULL, find_reported, err));
    GS_TRY(each(e, NULL, spare_others, err));
    GS_TRY(each(e, count_node, NULL, err));
    GS_TRY(each(e, NULL, take_edge, err));
    GS_TRY(take_owned(e, err));
    for (uint64_t n = 1; rc == GS_OK && n <= e->whole.last; n++)
        if (has(e->gone, n)) {
            e->sum.records++;
            rc = gs_ranges_append(out, n, n, err);
        }
    if (rc == GS_OK && e->sum.records == 0)
        rc = gs_fail(err, GS_USAGE,
                     "%.*s: no statement has this id, and no document this URL or file",
                     GS_SHOW(gs_text_slice(e->erasing->what, 0, 200)));
out:
    return rc;
}

/* The new store, in a folder within the old one until it takes its place. */
typedef struct place {
    char path[4096];
    int directory; /* the old one's */
} place;

static const char part[] = "erase.part";

static void clear(const place *p)
{
    static const char *const files[] = {"data.mdb", "lock.mdb", "HEAD"};
    int inner =
        openat(p->directory, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (inner < 0)
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlinkat(inner, files[i], 0);
    close(inner);
    unlinkat(p->directory, part, AT_REMOVEDIR);
}

static gs_code fail_place(const place *p, gs_error *err)
{
    return gs_fail(err, GS_STORAGE, "%s: %s", p->path, strerror(errno));
}

static gs_code write_line(void *context, gs_text line, gs_error *err)
{
    if (fwrite(line.bytes, 1, line.size, context) == line.size)
        return GS_OK;
    return gs_fail(err, GS_STORAGE, "what stays cannot be written: %s; make room",
                   strerror(errno));
}

/* On the store's own file system, without a name. */
static gs_code open_between(FILE **out, const place *p, gs_error *err)
{
    int file = openat(p->directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    *out = file >= 0 ? fdopen(file, "w+") : tmpfile();
    return *out != NULL ? GS_OK : fail_place(p, err);
}

static gs_code make_anew(eraser *e, const place *p, const gs_ranges *numbers,
                         gs_error *err)
{
    gs_edtf at = gs_edtf_day(e->erasing->now / 86400);
    gs_leaving leaving = {*numbers, e->words, e->word_count, &at};
    gs_writing writing = {write_line, NULL, e->erasing->interrupt};
    gs_restored restored;
    FILE *between = NULL;
    gs_code rc;

    GS_TRY(open_between(&between, p, err));
    writing.context = between;
    GS_TRY(gs_dump_without(&e->whole, &writing, &leaving, err));
    if (fflush(between) != 0 || fseek(between, 0, SEEK_SET) != 0) {
        rc = fail_place(p, err);
        goto out;
    }
    rc = gs_restore(&restored, p->path, 0, between, e->erasing->interrupt, err);
out:
    if (between != NULL)
        fclose(between);
    return rc;
}

static gs_code size_of(uint64_t *out, const place *p, gs_error *err)
{
    struct stat seen;

    if (fstatat(p->directory, "data.mdb", &seen, AT_SYMLINK_NOFOLLOW) != 0)
        return fail_place(p, err);
    *out = (uint64_t)seen.st_size;
    return GS_OK;
}

/* The lock file goes with the file whose readers it lists, as after a compaction. */
static gs_code put_in_place(eraser *e, const place *p, gs_error *err)
{
    char from[sizeof part + sizeof "/data.mdb"];
    gs_code rc = size_of(&e->sum.before, p, err);

    if (rc != GS_OK)
        return rc;
    snprintf(from, sizeof from, "%s/data.mdb", part);
    if (renameat(p->directory, from, p->directory, "data.mdb") != 0 ||
        fsync(p->directory) != 0)
        return fail_place(p, err);
    unlinkat(p->directory, "lock.mdb", 0);
    return size_of(&e->sum.after, p, err);
}

static gs_code rebuild(eraser *e, const gs_ranges *numbers, gs_error *err)
{
    const gs_environment *environment = e->whole.store->environment;
    place p = {.directory = environment->directory};
    gs_code rc;

    if ((size_t)snprintf(p.path, sizeof p.path, "%s/%s", environment->path, part) >=
        sizeof p.path)
        return gs_fail(err, GS_USAGE, "the store's path is too long");
    clear(&p); /* of one that was cut off */
    rc = make_anew(e, &p, numbers, err);
    if (rc == GS_OK)
        rc = put_in_place(e, &p, err);
    clear(&p);
    return rc;
}

static gs_code erase(eraser *e, gs_error *err)
{
    size_t bytes = (size_t)(e->whole.last / 8 + 1);
    gs_ranges numbers = {0};
    gs_code rc;

    e->gone = calloc(bytes, 1);
    e->texted = calloc(bytes, 1);
    if (e->gone == NULL || e->texted == NULL)
        return gs_fail_memory(err);
    rc = find_all(&numbers, e, err);
    if (rc == GS_OK && !e->erasing->dry)
        rc = rebuild(e, &numbers, err);
    gs_ranges_free(&numbers);
    return rc;
}

static gs_code erase_locked(gs_erasure *out, gs_store *store, const gs_erasing *erasing,
                            gs_error *err)
{
    eraser e = {.erasing = erasing};
    gs_snapshot *snapshot = NULL;
    gs_code rc = gs_snapshot_open(&snapshot, store, GS_NOW, err);

    if (rc == GS_OK) {
        e.whole = *snapshot;
        e.whole.hidden = (gs_ranges){0};
        e.whole.all = true;
        rc = erase(&e, err);
    }
    free(e.gone);
    free(e.texted);
    gs_arena_free(&e.arena);
    gs_arena_free(&e.row);
    gs_snapshot_close(snapshot);
    if (rc == GS_OK)
        *out = e.sum;
    return rc;
}

gs_code gs_erase(gs_erasure *out, const char *directory, const gs_erasing *erasing,
                 gs_error *err)
{
    gs_store_options options = {.write = true, .wait_ms = erasing->wait_ms};
    gs_store *store = NULL;
    gs_code rc = gs_store_open(&store, directory, &options, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_lock_take(store->environment, erasing->wait_ms, err);
    if (rc == GS_OK) {
        rc = erase_locked(out, store, erasing, err);
        gs_lock_release(store->environment);
    }
    gs_store_close(store);
    return rc;
}
