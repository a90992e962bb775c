#include "graph/model.h"

#include <string.h>

#define NAME(number, literal) [number] = {"" literal, sizeof(literal) - 1}

static const gs_text fixed[GS_NAME_FIRST_FREE] = {
    NAME(GS_ACTOR, "Actor"),
    NAME(GS_STATEMENT, "Statement"),
    NAME(GS_CLAIM, "Claim"),
    NAME(GS_DENIAL, "Denial"),
    NAME(GS_COUNTERCLAIM, "Counterclaim"),
    NAME(GS_CONFIRMATION, "Confirmation"),
    NAME(GS_RETRACTION, "Retraction"),
    NAME(GS_NOCOMMENT, "NoComment"),
    NAME(GS_ASSESSMENT, "Assessment"),
    NAME(GS_PROPOSITION, "Proposition"),
    NAME(GS_DOCUMENT, "Document"),
    NAME(GS_TOPIC, "Topic"),
    NAME(GS_DECISION, "Decision"),
    NAME(GS_WITHDRAWAL, "Withdrawal"),
    NAME(GS_MADE, "MADE"),
    NAME(GS_ACCUSES, "ACCUSES"),
    NAME(GS_DENIES, "DENIES"),
    NAME(GS_COUNTERS, "COUNTERS"),
    NAME(GS_CONFIRMS, "CONFIRMS"),
    NAME(GS_RETRACTS, "RETRACTS"),
    NAME(GS_DECLINES, "DECLINES"),
    NAME(GS_ASSESSES, "ASSESSES"),
    NAME(GS_ASSERTS, "ASSERTS"),
    NAME(GS_REJECTS, "REJECTS"),
    NAME(GS_REPORTED_IN, "REPORTED_IN"),
    NAME(GS_VIA, "VIA"),
    NAME(GS_PUBLISHED_BY, "PUBLISHED_BY"),
    NAME(GS_ABOUT, "ABOUT"),
    NAME(GS_SPEAKS_FOR, "SPEAKS_FOR"),
    NAME(GS_SAME_AS, "SAME_AS"),
    NAME(GS_P_ID, "id"),
    NAME(GS_P_KIND, "kind"),
    NAME(GS_P_TEXT, "text"),
    NAME(GS_P_DATE, "date"),
    NAME(GS_P_EVENT_DATE, "event_date"),
    NAME(GS_P_QUOTE, "quote"),
    NAME(GS_P_HEDGED, "hedged"),
    NAME(GS_P_VERDICT, "verdict"),
    NAME(GS_P_CONFIDENCE, "confidence"),
    NAME(GS_P_EXTRACTOR, "extractor"),
    NAME(GS_P_SPANS, "spans"),
    NAME(GS_P_NAME, "name"),
    NAME(GS_P_ALIASES, "aliases"),
    NAME(GS_P_IDS, "ids"),
    NAME(GS_P_URL, "url"),
    NAME(GS_P_FILE, "file"),
    NAME(GS_P_TITLE, "title"),
    NAME(GS_P_PUBLISHER, "publisher"),
    NAME(GS_P_PUBLISHED, "published"),
    NAME(GS_P_SHA256, "sha256"),
    NAME(GS_P_LANGUAGE, "language"),
    NAME(GS_P_INFERRED, "inferred"),
    NAME(GS_P_FROM, "from"),
    NAME(GS_P_TO, "to"),
    NAME(GS_P_WRITTEN, "written"),
    NAME(GS_P_IDENTITY, "identity"),
    NAME(GS_P_ROLE, "role"),
    NAME(GS_P_RULE, "rule"),
    NAME(GS_P_AT, "at"),
    NAME(GS_P_BY, "by"),
    NAME(GS_P_SPEAKS_FOR, "speaks_for"),
    NAME(GS_P_CHECKED, "checked"),
    NAME(GS_P_OPEN, "open"),
    NAME(GS_P_REPLACES, "replaces"),
    NAME(GS_P_CORRECTED, "corrected"),
    NAME(GS_P_READ_IN, "read_in"),
    NAME(GS_P_READ_BY, "read_by"),
};

#define WORD(literal)                                                                    \
    {                                                                                    \
        "" literal, sizeof(literal) - 1                                                  \
    }

static const gs_kind kinds[] = {
    {WORD("claim"), GS_CLAIM, GS_COUNTERS},
    {WORD("denial"), GS_DENIAL, GS_DENIES},
    {WORD("counterclaim"), GS_COUNTERCLAIM, GS_COUNTERS},
    {WORD("confirmation"), GS_CONFIRMATION, GS_CONFIRMS},
    {WORD("retraction"), GS_RETRACTION, GS_RETRACTS},
    {WORD("nocomment"), GS_NOCOMMENT, GS_DECLINES},
    {WORD("assessment"), GS_ASSESSMENT, GS_ASSESSES},
};

gs_text gs_name_fixed(uint32_t name)
{
    return name < GS_NAME_FIRST_FREE ? fixed[name] : (gs_text){NULL, 0};
}

const gs_kind *gs_kind_of(gs_text word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gs_text_equal(kinds[i].word, word))
            return &kinds[i];
    return NULL;
}

static const struct sort {
    uint32_t labels[3]; /* 0 behind the last */
    gs_text kind;
} sorts[GS_SORTS] = {
    [GS_SORT_ACTOR] = {{GS_ACTOR}, {NULL, 0}},
    [GS_SORT_DOCUMENT] = {{GS_DOCUMENT}, {NULL, 0}},
    [GS_SORT_TOPIC] = {{GS_TOPIC}, {NULL, 0}},
    [GS_SORT_PROPOSITION] = {{GS_PROPOSITION}, {NULL, 0}},
    [GS_SORT_CLAIM] = {{GS_STATEMENT, GS_CLAIM}, WORD("claim")},
    [GS_SORT_DENIAL] = {{GS_STATEMENT, GS_DENIAL}, WORD("denial")},
    [GS_SORT_COUNTERCLAIM] = {{GS_STATEMENT, GS_COUNTERCLAIM, GS_CLAIM},
                              WORD("counterclaim")},
    [GS_SORT_CONFIRMATION] = {{GS_STATEMENT, GS_CONFIRMATION}, WORD("confirmation")},
    [GS_SORT_RETRACTION] = {{GS_STATEMENT, GS_RETRACTION}, WORD("retraction")},
    [GS_SORT_NOCOMMENT] = {{GS_STATEMENT, GS_NOCOMMENT}, WORD("nocomment")},
    [GS_SORT_ASSESSMENT] = {{GS_STATEMENT, GS_ASSESSMENT}, WORD("assessment")},
};

bool gs_sort_has_label(gs_node_sort sort, uint32_t label)
{
    for (size_t i = 0; i < 3; i++)
        if (label != 0 && sorts[sort].labels[i] == label)
            return true;
    return false;
}

gs_text gs_sort_kind(gs_node_sort sort)
{
    return sorts[sort].kind;
}

static size_t label_count(const struct sort *sort)
{
    size_t count = 0;

    while (count < 3 && sort->labels[count] != 0)
        count++;
    return count;
}

gs_node_sort gs_sort_of(const uint32_t *labels, size_t count, gs_text kind)
{
    for (gs_node_sort sort = GS_SORT_OTHER + 1; sort < GS_SORTS; sort++) {
        size_t had = 0;

        if (label_count(&sorts[sort]) != count)
            continue;
        while (had < count && gs_sort_has_label(sort, labels[had]))
            had++;
        if (had < count)
            continue;
        return sorts[sort].kind.bytes == NULL || gs_text_equal(sorts[sort].kind, kind)
                   ? sort
                   : GS_SORT_OTHER;
    }
    return GS_SORT_OTHER;
}

gs_node_sort gs_label_set_of(const uint32_t *labels, size_t count)
{
    for (gs_node_sort set = GS_SORT_OTHER + 1; set < GS_SORTS; set++)
        if (count > 0 && label_count(&sorts[set]) == count &&
            memcmp(sorts[set].labels, labels, count * sizeof *labels) == 0)
            return set;
    return GS_SORT_OTHER;
}

/* Four bytes a label, the lowest last. */
#define BYTES(one) 0, 0, 0, one

static const unsigned char label_bytes[GS_SORTS][3 * 4] = {
    [GS_SORT_ACTOR] = {BYTES(GS_ACTOR)},
    [GS_SORT_DOCUMENT] = {BYTES(GS_DOCUMENT)},
    [GS_SORT_TOPIC] = {BYTES(GS_TOPIC)},
    [GS_SORT_PROPOSITION] = {BYTES(GS_PROPOSITION)},
    [GS_SORT_CLAIM] = {BYTES(GS_STATEMENT), BYTES(GS_CLAIM)},
    [GS_SORT_DENIAL] = {BYTES(GS_STATEMENT), BYTES(GS_DENIAL)},
    [GS_SORT_COUNTERCLAIM] = {BYTES(GS_STATEMENT), BYTES(GS_COUNTERCLAIM),
                              BYTES(GS_CLAIM)},
    [GS_SORT_CONFIRMATION] = {BYTES(GS_STATEMENT), BYTES(GS_CONFIRMATION)},
    [GS_SORT_RETRACTION] = {BYTES(GS_STATEMENT), BYTES(GS_RETRACTION)},
    [GS_SORT_NOCOMMENT] = {BYTES(GS_STATEMENT), BYTES(GS_NOCOMMENT)},
    [GS_SORT_ASSESSMENT] = {BYTES(GS_STATEMENT), BYTES(GS_ASSESSMENT)},
};

const unsigned char *gs_label_set_bytes(gs_node_sort set, uint32_t *count)
{
    *count = (uint32_t)label_count(&sorts[set]);
    return label_bytes[set];
}

bool gs_is_answer(uint32_t type)
{
    return type >= GS_DENIES && type <= GS_ASSESSES;
}
