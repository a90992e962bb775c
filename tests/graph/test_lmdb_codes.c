/* Each error code of LMDB 0.9, and what a file system says through it, as ours. */
#include "graph/txn_impl.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct row {
    int status;
    gs_code code;
    const char *says; /* part of the message: what to do, or LMDB's own word */
} rows[] = {
    {ENOMEM, GS_MEMORY, "memory"},
    {ENOSPC, GS_STORAGE, "make room"},
    {EDQUOT, GS_STORAGE, "make room"},
    {EIO, GS_STORAGE, "Input/output error"},
    {EACCES, GS_STORAGE, "Permission denied"},
    {MDB_KEYEXIST, GS_STORAGE, "MDB_KEYEXIST"},
    {MDB_NOTFOUND, GS_STORAGE, "MDB_NOTFOUND"},
    {MDB_PAGE_NOTFOUND, GS_DAMAGED, "restore it from a backup"},
    {MDB_CORRUPTED, GS_DAMAGED, "restore it from a backup"},
    {MDB_PANIC, GS_STORAGE, "open the store anew"},
    {MDB_VERSION_MISMATCH, GS_STORAGE, "MDB_VERSION_MISMATCH"},
    {MDB_INVALID, GS_STORAGE, "MDB_INVALID"},
    {MDB_MAP_FULL, GS_STORAGE, "ulimit -v"},
    {MDB_DBS_FULL, GS_STORAGE, "MDB_DBS_FULL"},
    {MDB_READERS_FULL, GS_STORAGE, "close some"},
    {MDB_TLS_FULL, GS_STORAGE, "MDB_TLS_FULL"},
    {MDB_TXN_FULL, GS_LIMIT, "bring less at once"},
    {MDB_CURSOR_FULL, GS_DAMAGED, "restore it from a backup"},
    {MDB_PAGE_FULL, GS_DAMAGED, "restore it from a backup"},
    {MDB_MAP_RESIZED, GS_STORAGE, "MDB_MAP_RESIZED"},
    {MDB_INCOMPATIBLE, GS_STORAGE, "MDB_INCOMPATIBLE"},
    {MDB_BAD_RSLOT, GS_STORAGE, "MDB_BAD_RSLOT"},
    {MDB_BAD_TXN, GS_STORAGE, "MDB_BAD_TXN"},
    {MDB_BAD_VALSIZE, GS_STORAGE, "MDB_BAD_VALSIZE"},
    {MDB_BAD_DBI, GS_STORAGE, "MDB_BAD_DBI"},
};

static void each_code_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gs_error err = {0};
        gs_code code = gs_lmdb_fail(&err, rows[i].status, "read the store");

        if (code != rows[i].code || err.code != code ||
            strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s is told as %d: %s", mdb_strerror(rows[i].status), code,
                     err.text);
    }
}

/* No code of LMDB's is left out. */
static void all_codes_are_here(void **state)
{
    (void)state;
    for (int status = MDB_KEYEXIST; status <= MDB_LAST_ERRCODE; status++) {
        size_t i = 0;

        while (i < sizeof rows / sizeof *rows && rows[i].status != status)
            i++;
        if (i == sizeof rows / sizeof *rows)
            fail_msg("%d, %s, is in no row", status, mdb_strerror(status));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_is_told),
        cmocka_unit_test(all_codes_are_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
