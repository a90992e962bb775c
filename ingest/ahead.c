#include "ingest/ahead.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    gs_read items[GS_AHEAD_RECORDS];
    size_t count;
    gs_arena arena;
    gs_code end; /* what stands behind the last one; GS_OK: another block */
    gs_error why;
} block;

/* Blocks go round: [taken, filled) are full; the one at `taken` is being handed on, the
 * one at `filled` is being filled. */
struct gs_ahead {
    gs_read_one *read;
    void *context;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t taken, filled;
    bool stopped;
    bool has;  /* the block at `taken` */
    size_t at; /* the next record in it */
    block blocks[GS_AHEAD_BLOCKS];
};

static void fill(block *to, gs_ahead *ahead)
{
    gs_arena_reset(&to->arena);
    to->count = 0;
    to->end = GS_OK;
    while (to->end == GS_OK && to->count < GS_AHEAD_RECORDS &&
           to->arena.used < GS_AHEAD_BYTES) {
        to->end =
            ahead->read(&to->items[to->count], ahead->context, &to->arena, &to->why);
        to->count += to->end == GS_OK;
    }
}

/* A block that may be filled; NULL once nobody wants any. */
static block *wait_for_room(gs_ahead *ahead)
{
    bool stopped;

    pthread_mutex_lock(&ahead->mutex);
    while (!ahead->stopped && ahead->filled - ahead->taken == GS_AHEAD_BLOCKS)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    stopped = ahead->stopped;
    pthread_mutex_unlock(&ahead->mutex);
    return stopped ? NULL : &ahead->blocks[ahead->filled % GS_AHEAD_BLOCKS];
}

static void *run(void *argument)
{
    gs_ahead *ahead = argument;
    block *to;
    gs_code end = GS_OK;

    while (end == GS_OK && (to = wait_for_room(ahead)) != NULL) {
        fill(to, ahead);
        end = to->end;
        pthread_mutex_lock(&ahead->mutex);
        ahead->filled++;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->mutex);
    }
    return NULL;
}

/* Signals are the business of the thread that was there before. */
static int start(gs_ahead *ahead)
{
    sigset_t all, before;
    int status;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    status = pthread_create(&ahead->thread, NULL, run, ahead);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

gs_code gs_ahead_open(gs_ahead **out, gs_read_one *read, void *context, gs_error *err)
{
    gs_ahead *ahead = calloc(1, sizeof *ahead);
    int status;

    if (ahead == NULL)
        return gs_fail_memory(err);
    ahead->read = read;
    ahead->context = context;
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    status = start(ahead);
    if (status != 0) {
        pthread_cond_destroy(&ahead->changed);
        pthread_mutex_destroy(&ahead->mutex);
        free(ahead);
        return gs_fail(err, GS_FAILED, "cannot start a thread: %s", strerror(status));
    }
    *out = ahead;
    return GS_OK;
}

static void give_back(gs_ahead *ahead)
{
    pthread_mutex_lock(&ahead->mutex);
    ahead->taken++;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
    ahead->has = false;
}

static void take(gs_ahead *ahead)
{
    pthread_mutex_lock(&ahead->mutex);
    while (ahead->filled == ahead->taken)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    pthread_mutex_unlock(&ahead->mutex);
    ahead->has = true;
    ahead->at = 0;
}

gs_code gs_ahead_next(gs_read **out, gs_ahead *ahead, gs_error *err)
{
    for (;;) {
        block *from = &ahead->blocks[ahead->taken % GS_AHEAD_BLOCKS];

        if (!ahead->has)
            take(ahead);
        if (ahead->at < from->count) {
            *out = &from->items[ahead->at++];
            return GS_OK;
        }
        if (from->end != GS_OK) {
            *err = from->why;
            return from->end;
        }
        give_back(ahead);
    }
}

void gs_ahead_close(gs_ahead *ahead)
{
    if (ahead == NULL)
        return;
    pthread_mutex_lock(&ahead->mutex);
    ahead->stopped = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
    pthread_join(ahead->thread, NULL);
    for (size_t i = 0; i < GS_AHEAD_BLOCKS; i++)
        gs_arena_free(&ahead->blocks[i].arena);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->mutex);
    free(ahead);
}
