#include "graph/pages.h"

#include "graph/base/text.h"
#include "graph/page_layout.h"
#include "graph/tables.h"

#include <inttypes.h>
#include <lmdb.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    DEPTH_MAX = 32, /* LMDB's cursors go no deeper */
    KEY_MAX = 511,
    PAGE_MIN = 512,
    PAGE_MAX = 32768,
    MAGIC = (int)0xBEEFC0DE,
    LMDB_VERSION = 1,
    FREE_FLAGS = MDB_INTEGERKEY,
    KEPT_FLAGS = 0x7f, /* of a table's, those that are kept in the file */
};

#define NO_PAGE UINT64_MAX

/* The walk over a file. */
typedef struct walk {
    const unsigned char *bytes;
    size_t page;          /* bytes of one */
    uint64_t count, free; /* pages of the last commit; those listed as free */
    unsigned char *seen;  /* a bit a page: it is used or free */
    uint64_t used;
    const char *table; /* the one at hand */
    gs_error *err;
} walk;

typedef struct tree_walk {
    gs_tree seen;   /* what is counted */
    gs_tree wanted; /* what its record says */
    unsigned flags; /* how its keys are ordered */
    bool dups;      /* it is a tree of duplicates */
} tree_walk;

static gs_code wrong(const walk *w, uint64_t page, const char *what)
{
    return gs_fail(w->err, GS_DAMAGED,
                   "page %" PRIu64 " of table %s: %s; restore the store from a backup",
                   page, w->table, what);
}

/* A page is used once. */
static gs_code take(walk *w, uint64_t page, uint64_t count)
{
    if (page < 2 || page >= w->count || count == 0 || count > w->count - page)
        return wrong(w, page, "it lies outside the file");
    for (uint64_t i = page; i < page + count; i++) {
        if (w->seen[i / 8] & 1u << i % 8)
            return wrong(w, i, "it is used twice");
        w->seen[i / 8] |= (unsigned char)(1u << i % 8);
    }
    w->used += count;
    return GS_OK;
}

/* As LMDB orders the keys of a table, or the duplicates of a key. */
static int compare(unsigned flags, gs_text a, gs_text b)
{
    if (flags & MDB_INTEGERKEY && a.size == b.size && a.size == sizeof(uint64_t)) {
        uint64_t x = gs_page_u64((const unsigned char *)a.bytes);
        uint64_t y = gs_page_u64((const unsigned char *)b.bytes);

        return x < y ? -1 : x > y;
    }
    return gs_text_compare(a, b);
}

/* Keys ascend, and lie in [low, high); a missing bound is none. */
static gs_code order(const walk *w, const tree_walk *t, uint64_t page, gs_text before,
                     gs_text key, gs_text low, gs_text high)
{
    if ((t->flags & MDB_INTEGERKEY) != 0 && key.size != sizeof(uint64_t))
        return wrong(w, page, "a key has the wrong size");
    if ((before.bytes != NULL && compare(t->flags, before, key) >= 0) ||
        (low.bytes != NULL && compare(t->flags, key, low) < 0) ||
        (high.bytes != NULL && compare(t->flags, key, high) >= 0))
        return wrong(w, page, "its keys are out of order");
    return GS_OK;
}

/* A page whose entries have one size and no heads. */
static gs_code fixed_page(walk *w, tree_walk *t, const unsigned char *page,
                          uint64_t number, size_t room, gs_text low, gs_text high)
{
    size_t size = gs_page_u16(page + GS_PAGE_AT_PAD);
    size_t lower = gs_page_u16(page + GS_PAGE_AT_LOWER);
    size_t count = (lower - GS_PAGE_HEAD) / 2;
    gs_text before = {NULL, 0};

    if (lower < GS_PAGE_HEAD || size == 0 || size > KEY_MAX || size != t->wanted.pad ||
        GS_PAGE_HEAD + count * size > room)
        return wrong(w, number, "its entries do not fit");
    for (size_t i = 0; i < count; i++) {
        gs_text key = {(const char *)page + GS_PAGE_HEAD + i * size, size};

        if (order(w, t, number, before, key, low, high) != GS_OK)
            return GS_DAMAGED;
        before = key;
    }
    t->seen.entries += count;
    return GS_OK;
}

static gs_code walk_tree(walk *w, gs_tree tree, unsigned flags, bool dups,
                         uint64_t *entries);

/* The duplicates of a key within its node. */
static gs_code sub_page(walk *w, tree_walk *t, uint64_t number, gs_text data)
{
    const unsigned char *page = (const unsigned char *)data.bytes;
    tree_walk sub = {.flags = t->wanted.flags & MDB_INTEGERDUP ? MDB_INTEGERKEY : 0,
                     .dups = true};
    gs_code rc;

    if (data.size < GS_PAGE_HEAD || (t->wanted.flags & MDB_DUPFIXED) == 0 ||
        (gs_page_u16(page + GS_PAGE_AT_FLAGS) & ~GS_PAGE_DIRTY) !=
            (GS_PAGE_LEAF | GS_PAGE_LEAF2 | GS_PAGE_SUB))
        return wrong(w, number, "a list of duplicates is none");
    sub.wanted.pad = gs_page_u16(page + GS_PAGE_AT_PAD);
    rc = fixed_page(w, &sub, page, number, data.size, (gs_text){NULL, 0},
                    (gs_text){NULL, 0});
    t->seen.entries += sub.seen.entries;
    return rc;
}

/* The record of a table in the tree of tables. */
static gs_code table(walk *w, uint64_t number, gs_text name, gs_text data)
{
    const char *before = w->table;
    gs_tree tree = gs_tree_load((const unsigned char *)data.bytes);
    uint64_t entries;
    size_t i = 0;
    gs_code rc;

    while (i < GS_TABLES && !gs_text_equal(gs_text_of(gs_lmdb_tables[i].name), name))
        i++;
    if (i == GS_TABLES)
        return wrong(w, number, "it names a table that there is not");
    w->table = gs_lmdb_tables[i].name;
    if ((tree.flags & KEPT_FLAGS) != gs_lmdb_tables[i].flags)
        return wrong(w, number, "the record of the table is wrong");
    rc = walk_tree(w, tree, gs_lmdb_tables[i].flags, false, &entries);
    w->table = before;
    return rc;
}

/* What a leaf holds beside its key. `data` reaches to the end of the page at most. */
static gs_code leaf_data(walk *w, tree_walk *t, uint64_t number, unsigned flags,
                         gs_text key, gs_text data, size_t size)
{
    uint64_t at, pages, entries = 0;
    gs_code rc;

    if (flags & GS_LEAF_BIG) {
        at = gs_page_u64((const unsigned char *)data.bytes);
        pages = (GS_PAGE_HEAD - 1 + size) / w->page + 1;
        rc = take(w, at, pages);
        if (rc != GS_OK)
            return rc;
        if (gs_page_u64(w->bytes + at * w->page) != at ||
            gs_page_u16(w->bytes + at * w->page + GS_PAGE_AT_FLAGS) != GS_PAGE_OVERFLOW ||
            gs_page_u32(w->bytes + at * w->page + GS_PAGE_AT_PAGES) != pages)
            return wrong(w, at, "it is no overflow page");
        t->seen.overflows += pages;
        t->seen.entries++;
        return GS_OK;
    }
    if (flags == GS_LEAF_DUPS)
        return sub_page(w, t, number, data);
    if (flags == (GS_LEAF_DUPS | GS_LEAF_TREE)) {
        gs_tree tree = gs_tree_load((const unsigned char *)data.bytes);
        bool integers = (t->wanted.flags & MDB_INTEGERDUP) != 0;

        rc = walk_tree(w, tree, integers ? MDB_INTEGERKEY : 0, true, &entries);
        t->seen.entries += entries;
        return rc;
    }
    t->seen.entries++;
    return flags == GS_LEAF_TREE ? table(w, number, key, data) : GS_OK;
}

static bool flags_fit(const walk *w, const tree_walk *t, unsigned flags, size_t size)
{
    bool main = w->table[0] == '(' && (t->flags & MDB_INTEGERKEY) == 0;

    if (t->dups)
        return flags == 0;
    if (flags & GS_LEAF_TREE)
        return size == GS_TREE_SIZE && (main ? flags == GS_LEAF_TREE
                                             : flags == (GS_LEAF_TREE | GS_LEAF_DUPS) &&
                                                   (t->wanted.flags & MDB_DUPSORT) != 0);
    if (main)
        return false;
    if (flags & GS_LEAF_DUPS)
        return flags == GS_LEAF_DUPS && (t->wanted.flags & MDB_DUPSORT) != 0;
    return flags == 0 || flags == GS_LEAF_BIG;
}

/* One entry of a leaf; *bytes is what it takes of the page. */
static gs_code leaf_entry(walk *w, tree_walk *t, uint64_t number, size_t at, gs_text *key,
                          size_t *bytes)
{
    const unsigned char *node = w->bytes + number * w->page + at;
    size_t size = gs_page_u16(node) | (size_t)gs_page_u16(node + 2) << 16;
    unsigned flags = gs_page_u16(node + GS_LEAF_AT_FLAGS);
    size_t key_size = gs_page_u16(node + GS_LEAF_AT_KEY_SIZE);
    size_t inside = flags & GS_LEAF_BIG ? sizeof(uint64_t) : size;

    if (key_size == 0 || key_size > KEY_MAX || !flags_fit(w, t, flags, size) ||
        key_size + inside > w->page - at - GS_LEAF_HEAD)
        return wrong(w, number, "an entry does not fit");
    *key = (gs_text){(const char *)node + GS_LEAF_HEAD, key_size};
    *bytes = (GS_LEAF_HEAD + key_size + inside + 1) & ~(size_t)1;
    return leaf_data(w, t, number, flags, *key, (gs_text){key->bytes + key_size, inside},
                     size);
}

static gs_code walk_page(walk *w, tree_walk *t, uint64_t number, unsigned level,
                         gs_text low, gs_text high);

/* The key of a branch's entry, which may be empty in its first. */
static gs_code branch_key(const walk *w, uint64_t number, size_t at, bool first,
                          gs_text *key, size_t *bytes)
{
    const unsigned char *node = w->bytes + number * w->page + at;
    size_t key_size = gs_page_u16(node + GS_LEAF_AT_KEY_SIZE);

    if (key_size > KEY_MAX || key_size > w->page - at - GS_LEAF_HEAD ||
        (key_size == 0 && !first))
        return wrong(w, number, "an entry does not fit");
    *key = (gs_text){(const char *)node + GS_LEAF_HEAD, key_size};
    *bytes = (GS_LEAF_HEAD + key_size + 1) & ~(size_t)1;
    return GS_OK;
}

static uint64_t child_of(const walk *w, uint64_t number, size_t at)
{
    const unsigned char *node = w->bytes + number * w->page + at;

    return gs_page_u16(node) | (uint64_t)gs_page_u16(node + 2) << 16 |
           (uint64_t)gs_page_u16(node + GS_LEAF_AT_FLAGS) << 32;
}

static size_t offset_of(const walk *w, uint64_t number, size_t i)
{
    return gs_page_u16(w->bytes + number * w->page + GS_PAGE_HEAD + 2 * i);
}

/* The offsets of a page lead into its filled part. */
static gs_code offsets(const walk *w, uint64_t number, size_t count)
{
    size_t upper = gs_page_u16(w->bytes + number * w->page + GS_PAGE_AT_UPPER);

    if (upper > w->page || GS_PAGE_HEAD + 2 * count > upper)
        return wrong(w, number, "its bounds are wrong");
    for (size_t i = 0; i < count; i++) {
        size_t at = offset_of(w, number, i);

        if (at < upper || at % 2 != 0 || at > w->page - GS_LEAF_HEAD)
            return wrong(w, number, "an entry lies outside it");
    }
    return GS_OK;
}

/* Entries fill a page from its upper bound to its end: none overlap. */
static gs_code filled(const walk *w, uint64_t number, size_t bytes)
{
    size_t upper = gs_page_u16(w->bytes + number * w->page + GS_PAGE_AT_UPPER);

    return bytes == w->page - upper ? GS_OK
                                    : wrong(w, number, "its entries do not fill it");
}

static gs_code leaf(walk *w, tree_walk *t, uint64_t number, size_t count, gs_text low,
                    gs_text high)
{
    gs_text before = {NULL, 0}, key;
    size_t bytes = 0, sum = 0;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < count; i++) {
        GS_TRY(leaf_entry(w, t, number, offset_of(w, number, i), &key, &bytes));
        GS_TRY(order(w, t, number, before, key, low, high));
        before = key;
        sum += bytes;
    }
    rc = filled(w, number, sum);
out:
    return rc;
}

static gs_code branch(walk *w, tree_walk *t, uint64_t number, size_t count,
                      unsigned level, gs_text low, gs_text high)
{
    gs_text key, next, before = {NULL, 0};
    size_t bytes = 0, ignored, sum = 0;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < count; i++) {
        size_t at = offset_of(w, number, i);

        GS_TRY(branch_key(w, number, at, i == 0, &key, &bytes));
        sum += bytes;
        if (i == 0)
            key = low; /* its own says nothing */
        else
            GS_TRY(order(w, t, number, before, key, low, high));
        next = high;
        if (i + 1 < count)
            GS_TRY(branch_key(w, number, offset_of(w, number, i + 1), false, &next,
                              &ignored));
        before = i == 0 ? before : key;
        GS_TRY(walk_page(w, t, child_of(w, number, at), level + 1, key, next));
    }
    rc = filled(w, number, sum);
out:
    return rc;
}

static gs_code walk_page(walk *w, tree_walk *t, uint64_t number, unsigned level,
                         gs_text low, gs_text high)
{
    const unsigned char *page;
    bool is_leaf = level == t->wanted.depth;
    bool fixed = is_leaf && t->dups;
    unsigned flags, wanted;
    size_t lower, count;
    gs_code rc = take(w, number, 1);

    if (rc != GS_OK)
        return rc;
    page = w->bytes + number * w->page;
    flags = gs_page_u16(page + GS_PAGE_AT_FLAGS);
    lower = gs_page_u16(page + GS_PAGE_AT_LOWER);
    count = (lower - GS_PAGE_HEAD) / 2;
    wanted = is_leaf ? GS_PAGE_LEAF : GS_PAGE_BRANCH;
    if (fixed && (t->wanted.flags & MDB_DUPFIXED) != 0)
        wanted |= GS_PAGE_LEAF2;
    if (gs_page_u64(page) != number || flags != wanted || lower < GS_PAGE_HEAD ||
        lower % 2 != 0 || count == 0 || (!is_leaf && count < 2))
        return wrong(w, number, "its head is wrong");
    if (is_leaf)
        t->seen.leaves++;
    else
        t->seen.branches++;
    if (flags & GS_PAGE_LEAF2)
        return fixed_page(w, t, page, number, w->page, low, high);
    rc = offsets(w, number, count);
    if (rc != GS_OK)
        return rc;
    return is_leaf ? leaf(w, t, number, count, low, high)
                   : branch(w, t, number, count, level, low, high);
}

static gs_code walk_tree(walk *w, gs_tree tree, unsigned flags, bool dups,
                         uint64_t *entries)
{
    const gs_text none = {NULL, 0};
    tree_walk t = {.wanted = tree, .flags = flags, .dups = dups};
    gs_code rc = GS_OK;

    if (tree.depth > DEPTH_MAX || (tree.root == NO_PAGE) != (tree.depth == 0))
        return wrong(w, tree.root, "the root of a tree is wrong");
    if (tree.depth > 0)
        rc = walk_page(w, &t, tree.root, 1, none, none);
    if (rc != GS_OK)
        return rc;
    if (t.seen.branches != tree.branches || t.seen.leaves != tree.leaves ||
        t.seen.overflows != tree.overflows || t.seen.entries != tree.entries)
        return wrong(w, tree.root, "the counts of its tree are wrong");
    *entries = t.seen.entries;
    return GS_OK;
}

/* The lists of free pages: a count and as many numbers, of pages that nothing uses. */
static gs_code free_list(walk *w, const unsigned char *data, size_t size)
{
    uint64_t count = size < sizeof count ? 0 : gs_page_u64(data);
    uint64_t used = w->used;
    gs_code rc = GS_OK;

    if (size < sizeof count || count > size / sizeof count - 1)
        return wrong(w, 0, "a list of free pages is wrong");
    for (uint64_t i = 1; rc == GS_OK && i <= count; i++)
        rc = take(w, gs_page_u64(data + i * sizeof count), 1);
    w->used = used;
    w->free += count;
    return rc;
}

/* The leaves of a proved tree of free pages. */
static gs_code free_lists(walk *w, uint64_t number)
{
    const unsigned char *page = w->bytes + number * w->page;
    size_t count = (size_t)(gs_page_u16(page + GS_PAGE_AT_LOWER) - GS_PAGE_HEAD) / 2;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        size_t at = offset_of(w, number, i);
        const unsigned char *node = page + at;
        const unsigned char *data =
            node + GS_LEAF_HEAD + gs_page_u16(node + GS_LEAF_AT_KEY_SIZE);
        size_t size = gs_page_u16(node) | (size_t)gs_page_u16(node + 2) << 16;

        if (gs_page_u16(page + GS_PAGE_AT_FLAGS) == GS_PAGE_BRANCH) {
            rc = free_lists(w, child_of(w, number, at));
            continue;
        }
        if (gs_page_u16(node + GS_LEAF_AT_FLAGS) & GS_LEAF_BIG)
            data = w->bytes + gs_page_u64(data) * w->page + GS_PAGE_HEAD;
        rc = free_list(w, data, size);
    }
    return rc;
}

static gs_code check_metas(const unsigned char **out, size_t *page, uint64_t *pages,
                           const unsigned char *bytes, size_t size, gs_error *err)
{
    const unsigned char *metas[2] = {bytes, NULL};
    uint64_t txns[2], last;

    if (size < PAGE_MIN)
        return gs_fail(err, GS_DAMAGED, "data.mdb is cut off; restore a backup");
    *page = gs_page_u32(bytes + GS_META_AT_FREE);
    if (*page < PAGE_MIN || *page > PAGE_MAX || (*page & (*page - 1)) != 0 ||
        size < 2 * *page)
        return gs_fail(err, GS_DAMAGED,
                       "page 0: the size of pages is wrong; restore a backup");
    metas[1] = bytes + *page;
    for (size_t i = 0; i < 2; i++) {
        if (gs_page_u64(metas[i]) != i ||
            gs_page_u16(metas[i] + GS_PAGE_AT_FLAGS) != GS_PAGE_META ||
            gs_page_u32(metas[i] + GS_META_AT_MAGIC) != (uint32_t)MAGIC ||
            gs_page_u32(metas[i] + GS_META_AT_VERSION) != LMDB_VERSION ||
            gs_page_u32(metas[i] + GS_META_AT_FREE) != *page ||
            gs_page_u16(metas[i] + GS_META_AT_FREE + 4) != FREE_FLAGS)
            return gs_fail(err, GS_DAMAGED,
                           "page %zu: it is no head of a database; restore a backup", i);
        txns[i] = gs_page_u64(metas[i] + GS_META_AT_TXN);
    }
    /* transactions take the two in turn */
    if ((txns[0] | txns[1]) != 0 &&
        (txns[0] % 2 != 0 || txns[1] % 2 != 1 || txns[0] - txns[1] + 1 > 2))
        return gs_fail(err, GS_DAMAGED,
                       "pages 0 and 1: their transactions, %" PRIu64 " and %" PRIu64
                       ", do not follow one another; restore a backup",
                       txns[0], txns[1]);
    *out = metas[txns[0] < txns[1]];
    last = gs_page_u64(*out + GS_META_AT_LAST);
    if (last < 1 || last >= size / *page)
        return gs_fail(err, GS_DAMAGED,
                       "data.mdb is cut off: it should have %" PRIu64
                       " pages and has %zu; restore a backup",
                       last + 1, size / *page);
    *pages = last + 1;
    return GS_OK;
}

gs_code gs_pages_check(gs_page_counts *out, const unsigned char *bytes, size_t size,
                       gs_error *err)
{
    walk w = {.bytes = bytes, .err = err};
    const unsigned char *meta = bytes;
    gs_tree free_tree, main_tree;
    uint64_t entries;
    gs_code rc = check_metas(&meta, &w.page, &w.count, bytes, size, err);

    if (rc != GS_OK)
        return rc;
    w.seen = calloc(w.count / 8 + 1, 1);
    if (w.seen == NULL)
        return gs_fail_memory(err);
    free_tree = gs_tree_load(meta + GS_META_AT_FREE);
    main_tree = gs_tree_load(meta + GS_META_AT_MAIN);
    w.table = "(tables)";
    if (main_tree.flags != 0)
        GS_TRY(wrong(&w, 0, "the flags of the tree of tables are wrong"));
    GS_TRY(walk_tree(&w, main_tree, 0, false, &entries));
    w.table = "(free pages)";
    GS_TRY(walk_tree(&w, free_tree, MDB_INTEGERKEY, false, &entries));
    if (free_tree.depth > 0)
        GS_TRY(free_lists(&w, free_tree.root));
    if (w.used + w.free + 2 != w.count)
        GS_TRY(wrong(&w, 0, "pages are neither used nor free"));
    *out = (gs_page_counts){.pages = w.count, .used = w.used + 2, .free = w.free};
out:
    free(w.seen);
    return rc;
}
