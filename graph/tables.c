#include "graph/tables.h"

#include <lmdb.h>

/* docs/format.md gives keys and values to the byte. A "number" is that of a node, an
 * edge, a version, a text or an end: all come from one counter. */
const gs_table_declared gs_lmdb_tables[GS_TABLES] = {
    /* "format" => magic, format version, byte order, feature flags, salt of the hashes */
    [GS_TABLE_META] = {"meta", 0},
    /* interned number => text of the name; the fixed ones of model.h are not in it */
    [GS_TABLE_NAMES] = {"names", MDB_INTEGERKEY},
    /* number of the first => nodes and edges of consecutive numbers, as they were born */
    [GS_TABLE_RECORDS] = {"records", MDB_INTEGERKEY},
    /* number of a node or an edge => what has been set since */
    [GS_TABLE_MARKS] = {"marks", MDB_INTEGERKEY},
    /* node, number => the properties that changed */
    [GS_TABLE_VERSIONS] = {"versions", 0},
    /* number of a node or an edge => (number, whether it ended or is there again) */
    [GS_TABLE_ENDS] = {"ends", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED},
    /* first number of a range => (last, ended, restored), any times */
    [GS_TABLE_HIDES] = {"hides", MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED},
    /* label => numbers of nodes */
    [GS_TABLE_LABELS] = {"labels",
                         MDB_INTEGERKEY | MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP},
    /* node, type, direction, length class, where the block begins => a block of entries,
     * earliest first */
    [GS_TABLE_ADJACENCY] = {"adjacency", 0},
    /* number of a run => hashes of keys and the numbers of their nodes or names, sorted */
    [GS_TABLE_INDEX] = {"index", MDB_INTEGERKEY},
    /* word, folded, and the number of a statement => it and those that follow, packed */
    [GS_TABLE_WORDS] = {"words", 0},
    /* document, number => its text, compressed */
    [GS_TABLE_TEXTS] = {"texts", 0},
    /* hash of an id that has not come => numbers of the statements that wait for it */
    [GS_TABLE_WAITING] = {"waiting", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP},
    /* actor, latest time, statement => earliest time: answers whose claim no record names */
    [GS_TABLE_UNDECIDED] = {"undecided", 0},
    /* ledger, number => map */
    [GS_TABLE_LEDGER] = {"ledger", 0},
    /* 2 * label, 2 * type + 1 => how many nodes or edges are visible now; 0, 1: of all */
    [GS_TABLE_COUNTS] = {"counts", MDB_INTEGERKEY},
    /* number of the commit => what it brought and its hash */
    [GS_TABLE_COMMITS] = {"commits", MDB_INTEGERKEY},
};
