#include "graph/base/rule.h"

static const struct {
    const char *word, *meaning;
} steps[] = {
    {"clause", "what is said stands behind the cue"},
    {"trailing", "what is said stands before the cue, or around it"},
    {"object", "the cue has an object that stands for what is answered"},
    {"noun", "the cue is a noun, and what is said hangs on it"},
    {"source", "the cue names the source of what is said"},
    {"settled", "its kind is not the cue's own: it comes from what stands around it"},
    {"repeat", "it says again what the same text tells elsewhere"},
};

/* Behind the cue's name, which may hold blanks; 0 where there is none. */
static size_t cue_end(gs_text rule)
{
    size_t slash = rule.size;

    while (slash > 0 && rule.bytes[slash - 1] != '/')
        slash--;
    return slash;
}

bool gs_rule_step(gs_text *word, gs_text *meaning, gs_text rule, size_t *at)
{
    if (*at == 0 && (*at = cue_end(rule)) > 0) {
        *word = gs_text_slice(rule, 0, *at - 1);
        *meaning = GS_TEXT("the cue: the word that tells of a statement here");
        return true;
    }
    while (*at < rule.size) {
        size_t end = gs_text_find(rule, GS_TEXT(" "), *at);

        end = end == SIZE_MAX ? rule.size : end;
        *word = gs_text_slice(rule, *at, end);
        *at = end + 1;
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (gs_text_equal(*word, gs_text_of(steps[i].word))) {
                *meaning = gs_text_of(steps[i].meaning);
                return true;
            }
    }
    return false;
}
