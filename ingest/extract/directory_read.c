#include "ingest/extract/directory_impl.h"
#include "ingest/extract/inflect.h"
#include "ingest/extract/tables.h"
#include <string.h>

enum { FIELDS_MAX = 5 };

/* The next of several names between `;`; false at the end. */
static bool next_name(gs_text *rest, gs_text *name)
{
    size_t cut;

    if (rest->size == 0)
        return false;
    cut = gs_text_find(*rest, GS_TEXT(";"), 0);
    if (cut == SIZE_MAX)
        cut = rest->size;
    *name = gs_text_trim(gs_text_slice(*rest, 0, cut));
    *rest = gs_text_slice(*rest, cut + 1, rest->size);
    return true;
}

static gs_code add_all(gs_directory *d, gs_listing like, gs_text names, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text name;

    while (rc == GS_OK && next_name(&names, &name))
        if (name.size > 0)
            rc = gs_directory_add(d, like, name, err);
    return rc;
}

static gs_code add_with_plurals(gs_directory *d, gs_listing like, gs_text names,
                                gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text name, many;

    while (rc == GS_OK && next_name(&names, &name)) {
        if (name.size == 0)
            continue;
        like.plural = false;
        rc = gs_directory_add(d, like, name, err);
        many = gs_inflect_s(&d->arena, name);
        if (rc == GS_OK && many.bytes == NULL)
            rc = gs_fail_memory(err);
        like.plural = true;
        if (rc == GS_OK)
            rc = gs_directory_add(d, like, many, err);
    }
    return rc;
}

static gs_code add_alias(gs_directory *d, gs_state *state, gs_text alias, gs_error *err)
{
    gs_text *room = gs_arena_array(&d->arena, state->alias_count + 1, sizeof *room);

    if (room == NULL)
        return gs_fail_memory(err);
    if (state->alias_count > 0)
        memcpy(room, state->aliases, state->alias_count * sizeof *room);
    room[state->alias_count] = alias;
    state->aliases = room;
    state->alias_count++;
    return GS_OK;
}

static gs_code add_aliases(gs_directory *d, gs_state *state, gs_text names, gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_STATE,
                       .gender = '-',
                       .name = state->name,
                       .code = state->code,
                       .state = state};
    gs_code rc = GS_OK;
    gs_text name;

    while (rc == GS_OK && next_name(&names, &name)) {
        if (name.size == 0)
            continue;
        if (!gs_text_equal(name, state->name))
            rc = add_alias(d, state, name, err);
        if (rc == GS_OK)
            rc = gs_directory_add(d, like, name, err);
    }
    return rc;
}

typedef gs_code (*row_reader)(gs_directory *, const gs_text *, size_t, gs_error *);

static gs_code count_state(gs_directory *d, const gs_text *fields, size_t count,
                           gs_error *err)
{
    (void)fields, (void)count, (void)err;
    d->state_room++;
    return GS_OK;
}

static gs_code read_state(gs_directory *d, const gs_text *fields, size_t count,
                          gs_error *err)
{
    gs_state *state = &d->states[d->state_count++];
    gs_code rc;

    state->code = fields[0];
    state->name = fields[1];
    rc = add_aliases(d, state, fields[1], err);
    if (rc == GS_OK && count > 2)
        rc = add_aliases(d, state, fields[2], err);
    return rc;
}

static gs_code unknown_code(gs_text code, gs_error *err)
{
    return gs_fail(err, GS_FAILED, "the tables of actors: %.*s is no state of states.tsv",
                   GS_SHOW(code));
}

static gs_code read_demonym(gs_directory *d, const gs_text *fields, size_t count,
                            gs_error *err)
{
    const gs_state *state = gs_state_of_code(d, fields[0]);
    gs_listing like = {
        .type = GS_LISTING_DEMONYM, .gender = '-', .code = fields[0], .state = state};

    if (state == NULL || count < 2)
        return unknown_code(fields[0], err);
    like.name = state->name;
    return add_with_plurals(d, like, fields[1], err);
}

static gs_code read_metonym(gs_directory *d, const gs_text *fields, size_t count,
                            gs_error *err)
{
    gs_state *state = (gs_state *)gs_state_of_code(d, fields[1]);
    gs_listing like = {
        .type = GS_LISTING_SEAT, .gender = '-', .code = fields[1], .state = state};
    gs_code rc;

    if (state == NULL || count < 3)
        return unknown_code(fields[1], err);
    if (gs_text_equal(fields[0], GS_TEXT("capital"))) {
        rc = add_aliases(d, state, fields[2], err);
        return rc == GS_OK && count > 3 ? add_aliases(d, state, fields[3], err) : rc;
    }
    like.name = fields[2];
    rc = gs_directory_add(d, like, fields[2], err);
    return rc == GS_OK && count > 3 ? add_all(d, like, fields[3], err) : rc;
}

static gs_code read_ambiguous(gs_directory *d, const gs_text *fields, size_t count,
                              gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_CONTEXT, .gender = '-', .name = fields[0]};

    if (count > 1)
        like.code = fields[1];
    return gs_directory_add(d, like, fields[0], err);
}

static gs_code read_organisation(gs_directory *d, const gs_text *fields, size_t count,
                                 gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_ORGANISATION, .gender = '-', .name = fields[0]};
    gs_code rc = gs_directory_add(d, like, fields[0], err);

    return rc == GS_OK && count > 2 ? add_all(d, like, fields[2], err) : rc;
}

static gs_code read_outlet(gs_directory *d, const gs_text *fields, size_t count,
                           gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_OUTLET, .gender = '-', .name = fields[0]};
    gs_code rc = gs_directory_add(d, like, fields[0], err);

    return rc == GS_OK && count > 1 ? add_all(d, like, fields[1], err) : rc;
}

static gs_code class_of(gs_role_class *out, gs_text word, gs_error *err)
{
    static const struct {
        const char *word;
        gs_role_class role;
    } classes[] = {{"voice", GS_ROLE_VOICE},
                   {"office", GS_ROLE_OFFICE},
                   {"post", GS_ROLE_POST},
                   {"person", GS_ROLE_PERSON},
                   {"people", GS_ROLE_PEOPLE},
                   {"society", GS_ROLE_SOCIETY},
                   {"company", GS_ROLE_COMPANY},
                   {"civic", GS_ROLE_CIVIC},
                   {"either", GS_ROLE_EITHER},
                   {"arm", GS_ROLE_ARM},
                   {"craft", GS_ROLE_CRAFT},
                   {"firm", GS_ROLE_FIRM},
                   {"body", GS_ROLE_BODY},
                   {"outlet", GS_ROLE_OUTLET},
                   {"paper", GS_ROLE_PAPER},
                   {"work", GS_ROLE_WORK},
                   {"title", GS_ROLE_TITLE},
                   {"definite", GS_ROLE_DEFINITE},
                   {"indefinite", GS_ROLE_INDEFINITE},
                   {"pronoun", GS_ROLE_PRONOUN},
                   {"self", GS_ROLE_SELF},
                   {"possessive", GS_ROLE_POSSESSIVE},
                   {"own", GS_ROLE_OWN},
                   {"relative", GS_ROLE_RELATIVE},
                   {"particle", GS_ROLE_PARTICLE},
                   {"joint", GS_ROLE_JOINT},
                   {"owner", GS_ROLE_OWNER},
                   {"toward", GS_ROLE_TOWARD},
                   {"author", GS_ROLE_AUTHOR},
                   {"written", GS_ROLE_WRITTEN},
                   {"foreign", GS_ROLE_FOREIGN},
                   {"lead", GS_ROLE_LEAD},
                   {"alias", GS_ROLE_ALIAS},
                   {"both", GS_ROLE_BOTH},
                   {"deed", GS_BLAME_DEED},
                   {"force", GS_BLAME_FORCE},
                   {"traffic", GS_BLAME_TRAFFIC},
                   {"goods", GS_BLAME_GOODS},
                   {"utter", GS_BLAME_UTTER},
                   {"falsehood", GS_BLAME_FALSEHOOD},
                   {"tainted", GS_BLAME_TAINTED},
                   {"plot", GS_BLAME_PLOT},
                   {"state", GS_BLAME_STATE},
                   {"plan", GS_BLAME_PLAN},
                   {"origin", GS_BLAME_ORIGIN},
                   {"duty", GS_BLAME_DUTY},
                   {"knowing", GS_BLAME_KNOWING},
                   {"made", GS_BLAME_MADE},
                   {"innocent", GS_BLAME_INNOCENT},
                   {"honorific", GS_ROLE_HONORIFIC}};

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (gs_text_equal(word, gs_text_of(classes[i].word))) {
            *out = classes[i].role;
            return GS_OK;
        }
    return gs_fail(err, GS_FAILED,
                   "the tables of actors: no class of roles is called %.*s",
                   GS_SHOW(word));
}

static gs_code read_noun(gs_directory *d, gs_listing like, const gs_text *fields,
                         size_t count, gs_error *err)
{
    gs_code rc;

    if (count < 3)
        return class_of(&like.role, GS_TEXT(""), err);
    GS_TRY(class_of(&like.role, fields[0], err));
    like.gender = fields[1].bytes[0];
    like.name = gs_directory_key(fields[2], &d->arena);
    if (like.name.bytes == NULL)
        return gs_fail_memory(err);
    GS_TRY(add_with_plurals(d, like, fields[2], err));
    if (count > 3 && !gs_text_equal(fields[3], GS_TEXT("-")))
        GS_TRY(add_with_plurals(d, like, fields[3], err));
    like.plural = true;
    if (count > 4)
        GS_TRY(add_all(d, like, fields[4], err));
out:
    return rc;
}

static gs_code read_role(gs_directory *d, const gs_text *fields, size_t count,
                         gs_error *err)
{
    return read_noun(d, (gs_listing){.type = GS_LISTING_ROLE}, fields, count, err);
}

static gs_code read_title(gs_directory *d, const gs_text *fields, size_t count,
                          gs_error *err)
{
    return read_noun(d, (gs_listing){.type = GS_LISTING_TITLE}, fields, count, err);
}

static gs_code read_emblem(gs_directory *d, const gs_text *fields, size_t count,
                           gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_EMBLEM, .gender = '-', .name = fields[0]};

    like.noun = gs_directory_find(d, fields[0], GS_LISTING_ROLE);
    if (like.noun == NULL || count < 2)
        return class_of(&like.role, fields[0], err);
    like.role = like.noun->role;
    return add_all(d, like, fields[1], err);
}

static gs_code read_reference(gs_directory *d, const gs_text *fields, size_t count,
                              gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_REFERENCE};
    gs_code rc;

    if (count < 3)
        return class_of(&like.role, GS_TEXT(""), err);
    GS_TRY(class_of(&like.role, fields[0], err));
    like.gender = fields[1].bytes[0];
    like.name = fields[2];
    GS_TRY(add_all(d, like, fields[2], err));
out:
    return rc;
}

static gs_code read_blame(gs_directory *d, const gs_text *fields, size_t count,
                          gs_error *err)
{
    gs_listing like = {.type = GS_LISTING_BLAME, .gender = '-'};
    gs_code rc;

    if (count < 2)
        return class_of(&like.role, GS_TEXT(""), err);
    GS_TRY(class_of(&like.role, fields[0], err));
    like.name = fields[1];
    GS_TRY(add_all(d, like, fields[1], err));
out:
    return rc;
}

static gs_code read_table(gs_directory *d, gs_text language, const char *name,
                          row_reader reader, gs_error *err)
{
    gs_text path = gs_text_format(&d->arena, "%.*s/%s.tsv", GS_SHOW(language), name);
    const gs_table *table = path.bytes == NULL ? NULL : gs_table_find(path);
    gs_text fields[FIELDS_MAX];
    gs_code rc = GS_OK;
    size_t at = 0, count;

    if (table == NULL)
        return gs_fail(err, GS_USAGE, "language %.*s: no table %s is compiled in; use en",
                       GS_SHOW(language), name);
    while (rc == GS_OK && (count = gs_table_row(table, &at, fields, FIELDS_MAX)) > 0)
        rc = reader(d, fields, count, err);
    return rc;
}

gs_code gs_directory_fill(gs_directory *d, gs_text language, gs_error *err)
{
    gs_code rc;

    GS_TRY(read_table(d, language, "states", count_state, err));
    d->states = gs_arena_array(&d->arena, d->state_room, sizeof *d->states);
    if (d->states == NULL)
        return gs_fail_memory(err);
    GS_TRY(read_table(d, language, "states", read_state, err));
    GS_TRY(read_table(d, language, "demonyms", read_demonym, err));
    GS_TRY(read_table(d, language, "metonyms", read_metonym, err));
    GS_TRY(read_table(d, language, "ambiguous", read_ambiguous, err));
    GS_TRY(read_table(d, language, "organisations", read_organisation, err));
    GS_TRY(read_table(d, language, "outlets", read_outlet, err));
    GS_TRY(read_table(d, language, "titles", read_title, err));
    GS_TRY(read_table(d, language, "roles", read_role, err));
    GS_TRY(read_table(d, language, "emblems", read_emblem, err));
    GS_TRY(read_table(d, language, "references", read_reference, err));
    GS_TRY(read_table(d, language, "blame", read_blame, err));
out:
    return rc;
}
