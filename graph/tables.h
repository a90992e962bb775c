/* The tables of a store, each declared once, in tables.c. */
#ifndef GS_GRAPH_TABLES_H
#define GS_GRAPH_TABLES_H

typedef enum gs_table {
    GS_TABLE_META,
    GS_TABLE_NAMES,
    GS_TABLE_RECORDS,
    GS_TABLE_MARKS,
    GS_TABLE_VERSIONS,
    GS_TABLE_ENDS,
    GS_TABLE_HIDES,
    GS_TABLE_LABELS,
    GS_TABLE_ADJACENCY,
    GS_TABLE_INDEX,
    GS_TABLE_WORDS,
    GS_TABLE_TEXTS,
    GS_TABLE_WAITING,
    GS_TABLE_UNDECIDED,
    GS_TABLE_LEDGER,
    GS_TABLE_COUNTS,
    GS_TABLE_COMMITS,
    GS_TABLES,
} gs_table;

typedef struct gs_table_declared {
    const char *name;
    unsigned flags; /* LMDB's */
} gs_table_declared;

extern const gs_table_declared gs_lmdb_tables[GS_TABLES];

#endif
