/* gainsay: an embedded knowledge graph of claims and denials.
 *
 * Open a store, ask it in the query language or by one of the questions that stand ready,
 * read rows; or open a job and feed it files. The command line uses nothing else.
 *
 * Ownership  what an `_open`, `gainsay_query` or `gainsay_ask` gives is closed with its
 *            `_close`, rows before their store. A value and its text live until the next
 *            row, columns and warnings until the rows are closed.
 * Units      text is UTF-8, pointer and length in bytes; times are given as EDTF text.
 * Errors     every function that can fail gives a gainsay_code and fills in `error`
 *            (never NULL). Out parameters are written on success alone.
 * Threads    a store may be shared; rows and jobs stay with one thread at a time.
 */
#ifndef GAINSAY_H
#define GAINSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GAINSAY_API __attribute__((visibility("default")))
#define GAINSAY_CHECKED __attribute__((warn_unused_result))

typedef enum gainsay_code {
    GAINSAY_OK = 0,
    GAINSAY_END,         /* no more rows: no failure */
    GAINSAY_FAILED,      /* anything that has no code of its own */
    GAINSAY_USAGE,       /* asked wrongly: an option, an argument */
    GAINSAY_QUERY,       /* a query refused before its first row */
    GAINSAY_RUNTIME,     /* a query that failed on a row */
    GAINSAY_INPUT,       /* a bad record or document, set aside */
    GAINSAY_CONFLICT,    /* an id that is known with another content, set aside */
    GAINSAY_FORMAT,      /* a file or a store of no format that we know */
    GAINSAY_LIMIT,       /* a limit was hit: time, rows, memory, depth */
    GAINSAY_DAMAGED,     /* the store contradicts itself */
    GAINSAY_NO_STORE,    /* no store there */
    GAINSAY_LOCKED,      /* another writer has the store */
    GAINSAY_STORAGE,     /* the file system or LMDB failed */
    GAINSAY_MEMORY,      /* no memory left */
    GAINSAY_INTERRUPTED, /* by the user */
} gainsay_code;

typedef struct gainsay_error {
    gainsay_code code;
    uint32_t line,
        column;         /* in the text at fault, from 1, in code points; 0 when unknown */
    uint32_t length;    /* code points at fault from there; 0 when unknown */
    const char *type;   /* static; of a query: openCypher's class of error, else NULL */
    const char *phase;  /* static; "compile time" or "runtime", else NULL */
    const char *detail; /* static; openCypher's detail, else NULL */
    char text[512];     /* one line: WHAT: WHY; do THIS */
} gainsay_error;

GAINSAY_API const char *gainsay_version(void);

/* Asking. */

typedef struct gainsay_store gainsay_store;

/* For reading; GAINSAY_NO_STORE where there is none. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_open(gainsay_store **out,
                                                      const char *directory,
                                                      gainsay_error *error);
GAINSAY_API void gainsay_close(gainsay_store *store); /* NULL is nothing to close */

typedef struct gainsay_options {
    const char *parameters; /* a JSON object, name to value; NULL is none */
    const char *as_of;      /* a commit ("12") or a date; NULL is now */
    const char *since;      /* of a query, likewise: the rows it had not then; or NULL */
    bool gone;              /* with `since`: the rows that it has no more */
    bool strict;            /* an unknown label, type or property is an error */
    bool stated_only;       /* leave out inferred links */
    bool unmerged;          /* of a query: members of a SAME_AS class stand apart */
    uint64_t limit;         /* of a question's rows; 0 is none */
    uint64_t max_rows, timeout_ms,
        max_memory; /* 0 is none; reaching one is GAINSAY_LIMIT */
    int64_t now; /* what answered() takes for today, seconds since 1970; 0: the clock */
    const volatile int *interrupt; /* not 0: stop with GAINSAY_INTERRUPTED; may be NULL */
} gainsay_options;

typedef struct gainsay_rows gainsay_rows;

/* `options` may be NULL. Everything that needs no row is found here, with its place in
 * the text (GAINSAY_QUERY). */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_query(gainsay_rows **out,
                                                       gainsay_store *store,
                                                       const char *text, size_t size,
                                                       const gainsay_options *options,
                                                       gainsay_error *error);

/* The same query from its start with other parameters, a JSON object that names each once
 * more: parsed and planned once, asked often, of the same state of the store. What a row
 * gave is gone. GAINSAY_USAGE for rows of no query, for a parameter that is missing or
 * that the query has not, and for another value of AS OF; GAINSAY_QUERY where AS REPORTED
 * BY is given no date; the rows are then as they were. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_bind(gainsay_rows *rows,
                                                      const char *parameters,
                                                      gainsay_error *error);

/* What the unfinished word at the end of a query's text may become: keywords, functions,
 * labels, types, properties, names of actors (within quotes), as far as they begin like
 * it. *begun is how many bytes of the text they replace. */
typedef void gainsay_add_word(void *context, const char *word, size_t size);
GAINSAY_API GAINSAY_CHECKED gainsay_code
gainsay_complete(size_t *begun, gainsay_store *store, const char *text, size_t size,
                 gainsay_add_word *add, void *context, gainsay_error *error);

/* A question that stands ready: "chain" (ID|WORDS), "timeline" (an actor or two),
 * "unanswered", "contradictions", "denials" (an actor, or nobody), "show" (ID|NAME|FILE|URL),
 * "why" (ID), "actor" (NAME), "search" (WORDS), "new", "export" ("statements" or
 * "records"), "status", "jobs", "run" (its number), "rejects", "schema". Parameters:
 * "within", a duration, of "unanswered"; "since", a commit or a date, of "new". An unknown question, or an actor that is none or several, is
 * GAINSAY_USAGE. */
GAINSAY_API GAINSAY_CHECKED gainsay_code
gainsay_ask(gainsay_rows **out, gainsay_store *store, const char *question,
            const char *const *arguments, size_t count, const gainsay_options *options,
            gainsay_error *error);

GAINSAY_API size_t gainsay_columns(const gainsay_rows *rows);
GAINSAY_API const char *gainsay_column(const gainsay_rows *rows, size_t index);
/* Found so far, at the latest known after the last row. */
GAINSAY_API size_t gainsay_warnings(const gainsay_rows *rows);
GAINSAY_API const gainsay_error *gainsay_warning(const gainsay_rows *rows, size_t index);
/* GAINSAY_OK with a row, or GAINSAY_END. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_next(gainsay_rows *rows,
                                                      gainsay_error *error);
GAINSAY_API void gainsay_rows_close(gainsay_rows *rows); /* NULL is nothing to close */

/* Values. */

typedef enum gainsay_type {
    GAINSAY_NULL,
    GAINSAY_BOOLEAN,
    GAINSAY_INTEGER,
    GAINSAY_FLOAT,
    GAINSAY_STRING,
    GAINSAY_DATE,
    GAINSAY_LIST,
    GAINSAY_MAP,
    GAINSAY_NODE,
    GAINSAY_EDGE,
    GAINSAY_PATH,
} gainsay_type;

typedef struct gs_value gainsay_value;

/* Of the row last read; NULL past the last column. */
GAINSAY_API const gainsay_value *gainsay_cell(const gainsay_rows *rows, size_t column);

GAINSAY_API gainsay_type gainsay_type_of(const gainsay_value *value);
GAINSAY_API bool gainsay_as_boolean(const gainsay_value *value);
GAINSAY_API int64_t gainsay_as_integer(const gainsay_value *value);
GAINSAY_API double gainsay_as_float(const gainsay_value *value);
/* Of a string its text, of a date its EDTF; *size (may be NULL) is its length. */
GAINSAY_API const char *gainsay_as_text(const gainsay_value *value, size_t *size);
/* Of a date: its first and its last second since 1970, UTC, INT64_MIN and INT64_MAX where
 * it is open; of anything else both ends are open. */
GAINSAY_API void gainsay_bounds(const gainsay_value *date, int64_t *earliest,
                                int64_t *latest);
/* Of a list, a map or a path; items of a path are node, edge, node, ... */
GAINSAY_API size_t gainsay_count(const gainsay_value *value);
GAINSAY_API const gainsay_value *gainsay_item(const gainsay_value *value, size_t index);
GAINSAY_API const char *gainsay_key(const gainsay_value *value, size_t index,
                                    size_t *size);
/* Of a map; NULL where it has no such key. */
GAINSAY_API const gainsay_value *gainsay_get(const gainsay_value *map, const char *key);
/* Of a node or an edge: its number in the store, its labels (a list; of an edge its type
 * alone), its properties (a map); of an edge the numbers of its ends. */
GAINSAY_API uint64_t gainsay_number(const gainsay_value *element);
GAINSAY_API const gainsay_value *gainsay_labels(const gainsay_value *element);
GAINSAY_API const gainsay_value *gainsay_properties(const gainsay_value *element);
GAINSAY_API uint64_t gainsay_start(const gainsay_value *edge);
GAINSAY_API uint64_t gainsay_end(const gainsay_value *edge);

/* Takes what is written; false: it cannot. */
typedef bool gainsay_write(void *context, const char *bytes, size_t size);

/* Feeding. */

typedef struct gainsay_job gainsay_job;

/* What was set aside, or is worth a word, as it is found. `file` may be NULL. */
typedef void gainsay_report(void *context, const char *file, const gainsay_error *error);

typedef struct gainsay_feed {
    const char *job; /* NULL: a run without a name */
    /* What gainsay_job_file will be given, in this order: a run of the same job, settings
     * and inputs that was cut off (killed, interrupted, out of disk) is continued, with
     * its number and its counts. Without inputs, or with "-" among them, it is a new run.
     */
    const char *const *inputs;
    size_t input_count;
    const char
        *format; /* "jsonl", "prose", ...; NULL: told by extension and first bytes */
    /* What a document lacks is filled from these; NULL leaves it out. */
    const char *published, *publisher, *url, *title, *language;
    /* A command that is given each document as a line of JSON and writes statement records
     * (NULL: none), and how long it may take for one (0: a minute). */
    const char *extractor;
    uint32_t extractor_ms;
    bool no_text;      /* do not keep the documents' text */
    bool dry_run;      /* read and judge, write nothing */
    bool existing;     /* make no store: GAINSAY_NO_STORE where there is none */
    uint32_t wait_ms;  /* for another writer */
    bool attributions; /* of gainsay_extract: cue, source and content, no statements */
    bool
        texts; /* of gainsay_extract: also each document, with its text, before what it says */
    bool explain; /* of gainsay_extract: for people, how each statement was read */
    gainsay_report *report;
    void *context;
    const volatile int *interrupt;
} gainsay_feed;

typedef struct gainsay_summary {
    uint64_t run, files, documents;
    uint64_t added, known, revised, skipped, rejected, conflicts, linked,
        open;             /* records */
    uint64_t commit;      /* the last one made, 0 when nothing changed */
    char commit_hash[65]; /* its hash in hexadecimal, or "" */
} gainsay_summary;

/* Makes the store where there is none. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_job_open(gainsay_job **out,
                                                          const char *directory,
                                                          const gainsay_feed *feed,
                                                          gainsay_error *error);
/* A file, a folder (recursively, sorted), or "-" for standard input. Bad records are
 * reported and counted, no failure; GAINSAY_FORMAT when nothing in it could be read. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_job_file(gainsay_job *job,
                                                          const char *path,
                                                          gainsay_error *error);
/* One record, the JSON of a map, as a line of a file would bring it. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_job_record(gainsay_job *job,
                                                            const char *json, size_t size,
                                                            gainsay_error *error);
/* All records that were set aside before: those that are taken now are set aside no more. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_job_retry(gainsay_job *job,
                                                           gainsay_error *error);
/* The run's number; 0 in a dry run. */
GAINSAY_API uint64_t gainsay_job_run(const gainsay_job *job);
/* Commits what is left and ends the run; `summary` may be NULL. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_job_close(gainsay_job *job,
                                                           gainsay_summary *summary,
                                                           gainsay_error *error);
/* Ends the run without its last batch. NULL is nothing to abort. */
GAINSAY_API void gainsay_job_abort(gainsay_job *job);

/* The statement records that a file gives, as JSON lines, without a store; or its
 * attributions, spans in code points: {"cue_span": [s, e], "speaker_span": [s, e] or
 * null, "content_spans": [[s, e], ...], "confidence": 0 to 1}; or a few lines for people
 * on each statement. One of the three. */
GAINSAY_API GAINSAY_CHECKED gainsay_code
gainsay_extract(const char *path, const gainsay_feed *feed, gainsay_write *write,
                void *context, gainsay_summary *summary, gainsay_error *error);

/* A store as text: JSON Lines with its whole history, of which gainsay_load makes an equal
 * store; or, canonical, what is visible now, without numbers and sorted, to compare two
 * stores. */

typedef struct gainsay_dumping {
    bool canonical;
    gainsay_write *write; /* a line; false ends the dump (GAINSAY_STORAGE) */
    void *context;
    const volatile int *interrupt; /* may be NULL */
} gainsay_dumping;

GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_dump(const char *directory,
                                                      const gainsay_dumping *dumping,
                                                      gainsay_error *error);

/* Loading: a dump, into an empty store; or a general property graph, JSON Lines with a node or a relationship each,
 *
 *     {"type": "node", "id": "0", "labels": ["A"], "properties": {"name": "x"}}
 *     {"type": "relationship", "id": "0", "label": "KNOWS", "start": {"id": "0"},
 *      "end": {"id": "1"}, "properties": {"since": {"@date": "2020-01-01"}}}
 *
 * nodes first. */

typedef struct gainsay_loading {
    const char *format; /* NULL: a dump; "graph"; any other is GAINSAY_USAGE */
    uint32_t wait_ms;   /* for another writer */
    const volatile int *interrupt;
} gainsay_loading;

typedef struct gainsay_loaded {
    uint64_t nodes, edges;
    uint64_t commit;      /* the last one made, 0 where there was nothing to load */
    char commit_hash[65]; /* its hash in hexadecimal, or "" */
} gainsay_loaded;

/* Makes the store where there is none; `path` "-" is standard input. GAINSAY_INPUT with
 * its line for one that is no such thing: nothing behind it is loaded, and before it only
 * what the message says. `loaded` may be NULL. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_load(const char *directory,
                                                      const char *path,
                                                      const gainsay_loading *loading,
                                                      gainsay_loaded *loaded,
                                                      gainsay_error *error);

/* Taking a run back: what no other run brought or found known is hidden, a question as of
 * before sees it still; and bringing it again. */

typedef struct gainsay_undoing {
    uint64_t run;
    bool redo;        /* bring it again */
    bool dry_run;     /* only count */
    uint32_t wait_ms; /* for another writer */
} gainsay_undoing;

typedef struct gainsay_undone {
    bool changed;         /* not: it stood so already */
    uint64_t statements;  /* hidden, or shown again */
    uint64_t commit;      /* 0 when nothing changed */
    char commit_hash[65]; /* its hash in hexadecimal, or "" */
} gainsay_undone;

/* GAINSAY_USAGE where there is no such run, GAINSAY_LOCKED while a process feeds it.
 * `undone` may be NULL. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_undo(const char *directory,
                                                      const gainsay_undoing *undoing,
                                                      gainsay_undone *undone,
                                                      gainsay_error *error);

/* A copy of a store into a directory that is made, while others write; on disk and checked
 * when this returns. GAINSAY_USAGE where a store is there already. */

typedef struct gainsay_backed_up {
    uint64_t commit;      /* the last one in it */
    char commit_hash[65]; /* its hash in hexadecimal, or "" */
} gainsay_backed_up;

GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_backup(const char *directory,
                                                        const char *target,
                                                        gainsay_backed_up *made,
                                                        gainsay_error *error);

/* The store without its free pages, in its place. What this process has open must be
 * closed before. */

typedef struct gainsay_compacted {
    uint64_t before, after; /* bytes */
} gainsay_compacted;

GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_compact(const char *directory,
                                                         uint32_t wait_ms,
                                                         gainsay_compacted *made,
                                                         gainsay_error *error);

/* Erasing for good: a statement by its id, or a document by its URL or file with all that
 * is reported nowhere else. The store is made anew without it, in its place; hashes of
 * commits stay and can be checked. What this process has open must be closed before. */

typedef struct gainsay_erasing {
    const char *what;
    bool dry_run; /* only count */
    uint32_t wait_ms;
    const volatile int *interrupt; /* may be NULL */
} gainsay_erasing;

typedef struct gainsay_erased {
    uint64_t statements, documents, records; /* records: versions, edges and texts too */
    uint64_t texts;         /* of documents that held an erased statement's words */
    uint64_t before, after; /* bytes; 0 in a dry run */
} gainsay_erased;

/* GAINSAY_USAGE where nothing is called so. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_erase(const char *directory,
                                                       const gainsay_erasing *erasing,
                                                       gainsay_erased *made,
                                                       gainsay_error *error);

/* Checking: the pages of the file, every record, the hash of every commit, and that
 * lists, indexes and counts have what the records say. */

typedef struct gainsay_checking {
    uint32_t wait_ms;       /* for a writer at work */
    gainsay_report *report; /* each damage, as it is found; may be NULL */
    void *context;
    const volatile int *interrupt; /* may be NULL */
} gainsay_checking;

typedef struct gainsay_checked {
    uint64_t commits, records, pages, free_pages;
} gainsay_checked;

/* GAINSAY_DAMAGED when anything was found. `checked` may be NULL. */
GAINSAY_API GAINSAY_CHECKED gainsay_code gainsay_check(const char *directory,
                                                       const gainsay_checking *checking,
                                                       gainsay_checked *checked,
                                                       gainsay_error *error);

#ifdef __cplusplus
}
#endif

#endif
