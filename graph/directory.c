#include "graph/txn_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands in a store's directory; HEAD.new is a HEAD half written. */
static const char *const ours[] = {"data.mdb", "lock.mdb", "HEAD", "HEAD.new"};

static bool is_ours(const char *name)
{
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(name, ours[i]) == 0)
            return true;
    return false;
}

/* A new name is on disk once the directory that holds it is. */
static gs_code sync_parent(const char *path, gs_error *err)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - path);
    int directory, status;

    memcpy(parent, path, size);
    strcpy(parent + size, slash == NULL ? "." : size == 0 ? "/" : "");
    directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return gs_fail(err, GS_STORAGE, "%s: %s", parent, strerror(errno));
    status = fsync(directory);
    close(directory);
    /* EINVAL: a file system that does not sync directories */
    if (status != 0 && errno != EINVAL)
        return gs_fail(err, GS_STORAGE, "%s: %s", parent, strerror(errno));
    return GS_OK;
}

static gs_code fail_open(const char *path, int number, gs_error *err)
{
    struct stat seen;

    if (number == ENOENT)
        return gs_fail(
            err, GS_NO_STORE,
            "%s: no store there; `gainsay ingest` makes one, --store names another",
            path);
    if (lstat(path, &seen) == 0 && S_ISLNK(seen.st_mode))
        return gs_fail(err, GS_STORAGE,
                       "%s: a symbolic link is not followed; name the directory itself",
                       path);
    if (number == ENOTDIR)
        return gs_fail(err, GS_FORMAT,
                       "%s: a store is a directory, this is none; name another place",
                       path);
    return gs_fail(err, GS_STORAGE, "%s: %s", path, strerror(number));
}

static gs_code check_owner(int at, const char *name, const char *path, bool directory,
                           gs_error *err)
{
    struct stat seen;

    if (fstatat(at, name, &seen, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) != 0)
        return errno == ENOENT
                   ? GS_OK
                   : gs_fail(err, GS_STORAGE, "%s: %s", path, strerror(errno));
    if (directory ? !S_ISDIR(seen.st_mode) : !S_ISREG(seen.st_mode))
        return gs_fail(err, GS_STORAGE,
                       "%s/%s: no plain file; remove it or name another store", path,
                       name);
    if (seen.st_uid != geteuid())
        return gs_fail(err, GS_STORAGE,
                       "%s: it belongs to user %ju, not to you (%ju); run as its owner",
                       path, (uintmax_t)seen.st_uid, (uintmax_t)geteuid());
    return GS_OK;
}

/* Without data.mdb: is there something else in it? */
static gs_code check_empty(int directory, const char *path, bool create, gs_error *err)
{
    gs_code rc = GS_OK;
    struct dirent *entry;
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);

    if (listing == NULL) {
        rc = gs_fail(err, GS_STORAGE, "%s: %s", path, strerror(errno));
        if (copy >= 0)
            close(copy);
        return rc;
    }
    while (rc == GS_OK && (entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, "HEAD") == 0)
            rc = gs_fail(err, GS_DAMAGED,
                         "%s: its data.mdb is gone; restore it from a backup", path);
        else if (entry->d_name[0] != '.' && !is_ours(entry->d_name))
            rc = gs_fail(
                err, GS_FORMAT,
                "%s: this directory holds something else; name an empty or a new one",
                path);
    }
    closedir(listing);
    if (rc == GS_OK && !create)
        return fail_open(path, ENOENT, err);
    return rc;
}

static gs_code check_content(int directory, const char *path, bool create, gs_error *err)
{
    gs_code rc;
    struct stat seen;

    GS_TRY(check_owner(directory, "", path, true, err));
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        GS_TRY(check_owner(directory, ours[i], path, false, err));
    if (fstatat(directory, "data.mdb", &seen, 0) != 0)
        return check_empty(directory, path, create, err);
out:
    return rc;
}

gs_code gs_store_directory_open(int *out, bool *made, const char *path, bool create,
                                gs_error *err)
{
    gs_code rc;
    char name[PATH_MAX];
    size_t size = strlen(path);
    int directory = -1;
    bool is_new = false;

    /* behind a slash a symbolic link would be followed */
    while (size > 1 && path[size - 1] == '/')
        size--;
    if (size == 0 || size >= sizeof name)
        return gs_fail(err, GS_USAGE, "the path of the store is %s; name a directory",
                       size == 0 ? "empty" : "too long");
    memcpy(name, path, size);
    name[size] = '\0';
    is_new = create && mkdir(name, 0700) == 0;
    if (create && !is_new && errno != EEXIST)
        return gs_fail(err, GS_STORAGE, "%s: a store cannot be made there: %s", name,
                       strerror(errno));
    directory = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return fail_open(name, errno, err);
    GS_TRY(check_content(directory, name, create, err));
    if (is_new)
        GS_TRY(sync_parent(name, err));
    *out = directory;
    *made = is_new;
    return GS_OK;
out:
    close(directory);
    if (is_new)
        rmdir(name);
    return rc;
}
