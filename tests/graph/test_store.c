#include "tests/graph/support.h"

#include <lmdb.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const gs_store_options to_read = {0}, to_write = {.write = true},
                              to_make = {.create = true};

static mode_t mode_of(const char *path)
{
    struct stat seen;

    assert_int_equal(lstat(path, &seen), 0);
    return seen.st_mode & 07777;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void is_made_once(void **unused)
{
    gs_store *store = fresh_store("made.store");
    gs_snapshot *snapshot = look(store, GS_NOW);

    (void)unused;
    assert_int_equal(gs_snapshot_commit(snapshot), 0);
    assert_int_equal(gs_snapshot_last(snapshot), 0);
    assert_int_equal(gs_count_nodes(snapshot, 0), 0);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    assert_int_equal(mode_of("made.store"), 0700);
    assert_int_equal(mode_of("made.store/data.mdb"), 0600);
    assert_int_equal(mode_of("made.store/lock.mdb"), 0600);
    MUST(gs_store_open(&store, "made.store/", &to_read, &err));
    gs_store_close(store);
}

static void is_missing(void **unused)
{
    gs_store *store;

    (void)unused;
    remove_tree("none.store");
    REFUSED(GS_NO_STORE, "no store there",
            gs_store_open(&store, "none.store", &to_read, &err));
    REFUSED(GS_NO_STORE, "no store there",
            gs_store_open(&store, "none.store", &to_write, &err));
    assert_int_not_equal(access("none.store", F_OK), 0);
    mkdir("none.store", 0700);
    REFUSED(GS_NO_STORE, "no store there",
            gs_store_open(&store, "none.store", &to_read, &err));
    write_file("none.store/data.mdb", "");
    REFUSED(GS_NO_STORE, "no store there",
            gs_store_open(&store, "none.store", &to_read, &err));
    MUST(gs_store_open(&store, "none.store", &to_make, &err));
    gs_store_close(store);
    REFUSED(GS_STORAGE, "cannot be made there",
            gs_store_open(&store, "no/such/parent", &to_make, &err));
    REFUSED(GS_USAGE, "empty", gs_store_open(&store, "", &to_read, &err));
}

static void is_something_else(void **unused)
{
    gs_store *store;

    (void)unused;
    remove_tree("else.store");
    write_file("else.store", "text");
    REFUSED(GS_FORMAT, "directory", gs_store_open(&store, "else.store", &to_read, &err));
    REFUSED(GS_FORMAT, "directory", gs_store_open(&store, "else.store", &to_make, &err));
    remove_tree("else.store");
    mkdir("else.store", 0700);
    write_file("else.store/letter.txt", "text");
    REFUSED(GS_FORMAT, "something else",
            gs_store_open(&store, "else.store", &to_read, &err));
    REFUSED(GS_FORMAT, "something else",
            gs_store_open(&store, "else.store", &to_make, &err));
    remove_tree("else.store");
    mkdir("else.store", 0700);
    write_file("else.store/data.mdb", "no database, but long enough to look at its head");
    REFUSED(GS_FORMAT, "no database",
            gs_store_open(&store, "else.store", &to_make, &err));
}

/* Puts one row into a table of an LMDB environment. */
static void put_row(const char *path, const char *table, MDB_val key, MDB_val value)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 32), 0);
    assert_int_equal(mdb_env_open(env, path, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, table, MDB_CREATE, &dbi), 0);
    assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

static void is_anothers_database(void **unused)
{
    gs_store *store;

    (void)unused;
    remove_tree("lmdb.store");
    mkdir("lmdb.store", 0700);
    put_row("lmdb.store", "mail", (MDB_val){1, "k"}, (MDB_val){1, "v"});
    REFUSED(GS_FORMAT, "no gainsay store",
            gs_store_open(&store, "lmdb.store", &to_read, &err));
    REFUSED(GS_FORMAT, "no gainsay store",
            gs_store_open(&store, "lmdb.store", &to_make, &err));
}

/* The row that says what the file is, with one byte changed; gives what it was. */
static unsigned char change_format(size_t at, unsigned char to)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_val key = {6, "format"}, value;
    unsigned char row[64], was;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 32), 0);
    assert_int_equal(mdb_env_open(env, "version.store", 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, "meta", 0, &dbi), 0);
    assert_int_equal(mdb_get(txn, dbi, &key, &value), 0);
    assert_true(value.mv_size < sizeof row);
    memcpy(row, value.mv_data, value.mv_size);
    was = row[at];
    row[at] = to;
    value.mv_data = row;
    assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
    return was;
}

static void is_of_another_version(void **unused)
{
    gs_store *store;
    unsigned char own;

    (void)unused;
    gs_store_close(fresh_store("version.store"));
    own = change_format(11, 255);
    REFUSED(GS_FORMAT, "format 255, this program knows format",
            gs_store_open(&store, "version.store", &to_write, &err));
    change_format(11, own);
    change_format(23, 7);
    REFUSED(GS_DAMAGED, "format row",
            gs_store_open(&store, "version.store", &to_read, &err));
    change_format(0, 'G');
    REFUSED(GS_FORMAT, "no gainsay store",
            gs_store_open(&store, "version.store", &to_read, &err));
}

static void is_linked_or_anothers(void **unused)
{
    gs_store *store;

    (void)unused;
    gs_store_close(fresh_store("own.store"));
    unlink("link.store");
    assert_int_equal(symlink("own.store", "link.store"), 0);
    REFUSED(GS_STORAGE, "symbolic link",
            gs_store_open(&store, "link.store", &to_read, &err));
    REFUSED(GS_STORAGE, "symbolic link",
            gs_store_open(&store, "link.store/", &to_make, &err));
    rename("own.store/lock.mdb", "own.store/HEAD");
    assert_int_equal(symlink("HEAD", "own.store/lock.mdb"), 0);
    REFUSED(GS_STORAGE, "no plain file",
            gs_store_open(&store, "own.store", &to_read, &err));
    if (geteuid() != 0)
        return;
    unlink("own.store/lock.mdb");
    assert_int_equal(chown("own.store", 1234, (gid_t)-1), 0);
    REFUSED(GS_STORAGE, "belongs to user 1234",
            gs_store_open(&store, "own.store", &to_read, &err));
}

static void is_shared_in_a_process(void **unused)
{
    gs_store *first = fresh_store("shared.store"), *second = NULL;
    gs_batch *batch = begin(first), *other;
    gs_snapshot *before, *after;

    (void)unused;
    MUST(gs_store_open(&second, "./shared.store", &to_read, &err));
    REFUSED(GS_USAGE, "to be read", gs_batch_begin(&other, second, 1, 0, &err));
    before = look(second, GS_NOW);
    add_node(batch, GS_TOPIC, "name", "arms", NULL);
    REFUSED(GS_LOCKED, "is writing to it", gs_batch_begin(&other, first, 1, 0, &err));
    commit(batch);
    after = look(second, GS_NOW);
    gs_store_close(first);
    assert_int_equal(gs_snapshot_last(before), 0);
    assert_int_equal(gs_snapshot_last(after), 1);
    gs_snapshot_close(before);
    gs_snapshot_close(after);
    gs_store_close(second);
}

/* Runs `act` in a process of its own; it says that it is ready by closing `ready`. */
static pid_t start(void (*act)(int ready), int *ready)
{
    int ends[2];
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        act(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    *ready = ends[0];
    return child;
}

static void hold_lock(int ready)
{
    gs_batch *batch = begin(open_store("locked.store"));

    add_node(batch, GS_TOPIC, "name", "held", NULL);
    close(ready);
    for (;;)
        pause();
}

static void names_who_writes(void **unused)
{
    int ready;
    char byte, name[32];
    gs_store *store = NULL;
    gs_batch *batch;
    pid_t child;

    (void)unused;
    gs_store_close(fresh_store("locked.store"));
    child = start(hold_lock, &ready);
    assert_int_equal(read(ready, &byte, 1), 0);
    MUST(gs_store_open(&store, "locked.store",
                       &(gs_store_options){.write = true, .wait_ms = 30}, &err));
    snprintf(name, sizeof name, "process %d (test_", child);
    REFUSED(GS_LOCKED, name, gs_batch_begin(&batch, store, 1, 0, &err));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    commit(begin(store)); /* the lock of the dead is free */
    gs_store_close(store);
    close(ready);
}

static void is_refused_behind_a_fork(void **unused)
{
    gs_store *store = fresh_store("fork.store");
    int status;
    pid_t child = fork();

    (void)unused;
    if (child == 0) {
        gs_snapshot *snapshot;
        gs_error err;
        gs_store *own;
        bool right = gs_snapshot_open(&snapshot, store, GS_NOW, &err) == GS_USAGE &&
                     gs_store_open(&own, "fork.store", &to_read, &err) == GS_OK &&
                     gs_snapshot_open(&snapshot, own, GS_NOW, &err) == GS_OK;

        _exit(right ? 0 : 1);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    gs_store_close(store);
}

/* What a child inherits it may close, as a destructor does: its parent's snapshot, batch
 * and lock stay what they are. */
static void is_let_go_behind_a_fork(void **unused)
{
    gs_store *store = fresh_store("fork.store");
    gs_batch *batch = begin(store), *others;
    uint64_t topic = add_node(batch, GS_TOPIC, "name", "before", NULL);
    gs_snapshot *snapshot;
    gs_node node;
    gs_text seen;
    int status;
    pid_t child;

    (void)unused;
    commit(batch);
    snapshot = look(store, GS_NOW);
    batch = begin(store);
    child = fork();
    if (child == 0) {
        gs_error err;
        gs_store *own;

        gs_snapshot_close(snapshot);
        gs_batch_abort(batch);
        gs_store_close(store);
        if (gs_store_open(&own, "fork.store", &to_write, &err) != GS_OK ||
            gs_batch_begin(&others, own, 1, 0, &err) != GS_LOCKED)
            _exit(1);
        gs_store_close(own);
        _exit(0);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    commit(batch);
    for (int i = 0; i < 20; i++) { /* they take every page that no reader holds */
        batch = begin(store);
        MUST(gs_batch_end(batch, add_node(batch, GS_TOPIC, "name", "after", NULL), &err));
        commit(batch);
    }
    MUST(gs_node_read(&node, snapshot, topic, &err));
    seen = node.properties;
    assert_int_not_equal(gs_text_find(seen, GS_TEXT("before"), 0), SIZE_MAX);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
}

static void add_commit(const char *path)
{
    gs_store *store = open_store(path);
    gs_batch *batch = begin(store);

    add_node(batch, GS_TOPIC, "name", "topic", NULL);
    commit(batch);
    gs_store_close(store);
}

static void misses_a_lost_commit(void **unused)
{
    gs_store *store;

    (void)unused;
    remove_tree("head.store");
    add_commit("head.store");
    assert_int_equal(system("cp -r head.store/data.mdb old.mdb"), 0);
    add_commit("head.store");
    assert_int_equal(mode_of("head.store/HEAD"), 0600);
    assert_int_equal(system("cp old.mdb head.store/data.mdb"), 0);
    REFUSED(GS_DAMAGED, "commit 2 is lost, the last one there is 1",
            gs_store_open(&store, "head.store", &to_read, &err));
    add_commit("other.store");
    assert_int_equal(system("cp other.store/HEAD head.store/HEAD"), 0);
    REFUSED(GS_DAMAGED, "not the one that HEAD names",
            gs_store_open(&store, "head.store", &to_read, &err));
    write_file("head.store/HEAD", "torn");
    MUST(gs_store_open(&store, "head.store", &to_read, &err));
    gs_store_close(store);
    write_file("head.store/HEAD", "");
    unlink("head.store/data.mdb");
    REFUSED(GS_DAMAGED, "data.mdb is gone",
            gs_store_open(&store, "head.store", &to_make, &err));
    remove_tree("other.store");
}

/* Little address space: half the map, and half of that, until it fits. */
static void open_in_little_space(int ready)
{
    const struct rlimit limit = {(rlim_t)4 << 30, (rlim_t)4 << 30};

    (void)ready;
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        _exit(2);
    add_commit("little.store");
}

static void fits_into_little_space(void **unused)
{
    int ready, status;
    pid_t child;

    (void)unused;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* needs more than the limit for itself */
#endif
    remove_tree("little.store");
    child = start(open_in_little_space, &ready);
    waitpid(child, &status, 0);
    close(ready);
    assert_int_equal(status, 0);
}

/* Exits with 0 when a read-only medium can be read and not written, 3 where no medium can
 * be made so. */
static void read_from_a_medium(int ready)
{
    gs_store *store;
    gs_snapshot *snapshot;
    gs_error err;
    bool right;

    (void)ready;
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("medium.store", "medium.store", NULL, MS_BIND, NULL) != 0 ||
        mount(NULL, "medium.store", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) != 0)
        _exit(3);
    right = gs_store_open(&store, "medium.store", &to_write, &err) == GS_STORAGE &&
            strstr(err.text, "cannot be written") != NULL &&
            gs_store_open(&store, "medium.store", &to_read, &err) == GS_OK &&
            gs_snapshot_open(&snapshot, store, GS_NOW, &err) == GS_OK &&
            gs_snapshot_last(snapshot) == 1;
    _exit(right ? 0 : 1);
}

static void is_read_from_a_medium(void **unused)
{
    int ready, status;
    pid_t child;

    (void)unused;
    remove_tree("medium.store");
    add_commit("medium.store");
    child = start(read_from_a_medium, &ready);
    waitpid(child, &status, 0);
    close(ready);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
        skip(); /* needs the right to mount */
    assert_int_equal(status, 0);
}

/* A process that writes batches and says which were acknowledged, killed at any instant.
 */
static void write_without_end(int ready)
{
    gs_store *store = open_store("killed.store");

    for (uint64_t i = 1;; i++) {
        gs_batch *batch = begin(store);
        uint64_t first =
            add_node(batch, GS_STATEMENT, "id", "s", "text", "it is so", NULL);
        uint64_t second = add_node(batch, GS_ACTOR, "name", "one", NULL);
        uint64_t done;

        add_edge(batch, GS_MADE, second, first, "2022-11-08");
        done = commit(batch).number;
        if (write(ready, &done, sizeof done) != sizeof done)
            _exit(1);
    }
}

/* At most one commit more than is known: the one that was on its way. Gives how many. */
static uint64_t check_killed(uint64_t known)
{
    gs_store *store = open_store("killed.store");
    gs_snapshot *snapshot = look(store, GS_NOW);
    uint64_t commits = gs_snapshot_commit(snapshot);
    gs_edge edge;
    gs_node node;

    assert_true(commits >= known && commits <= known + 1);
    assert_int_equal(gs_snapshot_last(snapshot), 3 * commits);
    assert_int_equal(gs_count_edges(snapshot, GS_MADE), commits);
    for (uint64_t i = 0; i < commits; i++) {
        MUST(gs_node_read(&node, snapshot, 3 * i + 1, &err));
        MUST(gs_node_read(&node, snapshot, 3 * i + 2, &err));
        MUST(gs_edge_read(&edge, snapshot, 3 * i + 3, &err));
    }
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    return commits;
}

static void survives_a_kill(void **unused)
{
    uint64_t known = 0, number, acknowledged = 0;

    (void)unused;
    remove_tree("killed.store");
    /* on a busy machine the first rounds may all end before a commit does */
    for (unsigned round = 0; round < 20 || (acknowledged == 0 && round < 150); round++) {
        int ready;
        pid_t child = start(write_without_end, &ready);

        usleep(2000 + 3331 * round);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(ready, &number, sizeof number) == sizeof number)
            known = acknowledged = number;
        close(ready);
        known = check_killed(known);
    }
    assert_true(acknowledged > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_made_once),
        cmocka_unit_test(is_missing),
        cmocka_unit_test(is_something_else),
        cmocka_unit_test(is_anothers_database),
        cmocka_unit_test(is_of_another_version),
        cmocka_unit_test(is_linked_or_anothers),
        cmocka_unit_test(is_shared_in_a_process),
        cmocka_unit_test(names_who_writes),
        cmocka_unit_test(is_refused_behind_a_fork),
        cmocka_unit_test(is_let_go_behind_a_fork),
        cmocka_unit_test(misses_a_lost_commit),
        cmocka_unit_test(fits_into_little_space),
        cmocka_unit_test(is_read_from_a_medium),
        cmocka_unit_test(survives_a_kill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
