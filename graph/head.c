/* HEAD: one line, "COMMIT HASH". It is written after the commit and never synced: it may
 * lag behind the store, and one that is ahead of it says that a commit was lost. */
#include "graph/txn_impl.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_SIZE = 128 };

void gs_head_write(const gs_environment *environment, const gs_commit *commit)
{
    char line[LINE_MAX_SIZE], hash[2 * GS_SHA256_SIZE + 1];
    int size, file;
    bool whole;

    gs_hex(hash, commit->hash, sizeof commit->hash);
    size = snprintf(line, sizeof line, "%" PRIu64 " %s\n", commit->number, hash);
    file = openat(environment->directory, "HEAD.new",
                  O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    whole = write(file, line, (size_t)size) == size;
    close(file);
    if (!whole ||
        renameat(environment->directory, "HEAD.new", environment->directory, "HEAD") != 0)
        unlinkat(environment->directory, "HEAD.new", 0);
}

gs_head gs_head_read(const gs_environment *environment)
{
    gs_head head = {0};
    char line[LINE_MAX_SIZE] = "";
    char *rest;
    ssize_t size;
    int file = openat(environment->directory, "HEAD", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0)
        return head;
    size = read(file, line, sizeof line - 1);
    close(file);
    if (size <= 0 || line[size - 1] != '\n')
        return head;
    head.commit = strtoull(line, &rest, 10);
    if (*rest != ' ' || strlen(rest + 1) != sizeof head.hash)
        return (gs_head){0};
    memcpy(head.hash, rest + 1, sizeof head.hash - 1);
    return head;
}
