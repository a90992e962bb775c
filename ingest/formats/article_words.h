/* Words of class and id that say what an element is for. */
#ifndef GS_INGEST_ARTICLE_WORDS_H
#define GS_INGEST_ARTICLE_WORDS_H

#include "ingest/formats/markup.h"

typedef enum gs_use {
    GS_USE_NONE = 0,
    GS_USE_TEXT = 1,     /* article, content, story ... */
    GS_USE_BESIDE = 2,   /* share, related, caption ... */
    GS_USE_COMMENTS = 4, /* of readers */
    GS_USE_BODY = 8,     /* surely the article's body */
} gs_use;

/* A set of gs_use. */
unsigned gs_tag_use(const gs_tag *tag);

#endif
