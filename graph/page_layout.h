/* Where LMDB 0.9.24 keeps what in a page, in the machine's byte order (64 bits). */
#ifndef GS_GRAPH_PAGE_LAYOUT_H
#define GS_GRAPH_PAGE_LAYOUT_H

#include <stdint.h>
#include <string.h>

enum gs_page_flag {
    GS_PAGE_BRANCH = 0x01,
    GS_PAGE_LEAF = 0x02,
    GS_PAGE_OVERFLOW = 0x04,
    GS_PAGE_META = 0x08,
    GS_PAGE_DIRTY = 0x10, /* in the file it stays on pages within nodes */
    GS_PAGE_LEAF2 = 0x20, /* keys of one size, side by side */
    GS_PAGE_SUB = 0x40,   /* a page within a node */
};

enum gs_leaf_flag {
    GS_LEAF_BIG = 1,  /* its data lies on overflow pages */
    GS_LEAF_TREE = 2, /* its data is a tree's record */
    GS_LEAF_DUPS = 4, /* its data are duplicates: a sub-page, or with TREE a tree */
};

enum {
    GS_PAGE_HEAD = 16,
    GS_PAGE_AT_PAD = 8,
    GS_PAGE_AT_FLAGS = 10,
    GS_PAGE_AT_LOWER = 12,
    GS_PAGE_AT_UPPER = 14,
    GS_PAGE_AT_PAGES = 12, /* of an overflow page */
    GS_LEAF_HEAD = 8,
    GS_LEAF_AT_FLAGS = 4,
    GS_LEAF_AT_KEY_SIZE = 6,
    GS_TREE_SIZE = 48,
    GS_META_AT_MAGIC = 16,
    GS_META_AT_VERSION = 20,
    GS_META_AT_FREE = 40, /* tree records: of free pages, of the tables */
    GS_META_AT_MAIN = 88,
    GS_META_AT_LAST = 136,
    GS_META_AT_TXN = 144,
    GS_META_END = 152,
    GS_TREE_FIXED_DUPS = 0x10, /* MDB_DUPFIXED in a tree's flags */
};

static inline uint16_t gs_page_u16(const unsigned char *from)
{
    uint16_t n;

    memcpy(&n, from, sizeof n);
    return n;
}

static inline uint32_t gs_page_u32(const unsigned char *from)
{
    uint32_t n;

    memcpy(&n, from, sizeof n);
    return n;
}

static inline uint64_t gs_page_u64(const unsigned char *from)
{
    uint64_t n;

    memcpy(&n, from, sizeof n);
    return n;
}

/* A tree's record: of a table, of a key's duplicates. */
typedef struct gs_tree {
    uint32_t pad; /* of fixed duplicates: their size */
    uint16_t flags, depth;
    uint64_t branches, leaves, overflows, entries, root;
} gs_tree;

static inline gs_tree gs_tree_load(const unsigned char *from)
{
    return (gs_tree){
        .pad = gs_page_u32(from),
        .flags = gs_page_u16(from + 4),
        .depth = gs_page_u16(from + 6),
        .branches = gs_page_u64(from + 8),
        .leaves = gs_page_u64(from + 16),
        .overflows = gs_page_u64(from + 24),
        .entries = gs_page_u64(from + 32),
        .root = gs_page_u64(from + 40),
    };
}

#endif
