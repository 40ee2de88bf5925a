#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes ahoy-protocol-tables.{c,h}, PROTOCOL.md and ahoy-error-codes.h from protocol.toml.

usage: generate-tables.py protocol.toml OUT.h OUT.c OUT.md ERRORS.h
"""
import sys
import tomllib

LICENCE = '/* SPDX-License-Identifier: LGPL-2.1-or-later */\n'
NOTE = '/* Made from protocol.toml; edits here are lost. */\n'
TYPES = {'integer', 'string', 'boolean', 'strings', 'objects', 'object'}


def check(table):
    names = [m['name'] for m in table['message']]
    assert len(names) == len(set(names)), 'a message stands twice'
    for message in table['message']:
        assert message['by'] in ('client', 'server', 'both'), message['name']
        for field in message['fields']:
            assert len(field) == 3 and field[1] in TYPES, (message['name'], field)
    for kind in ('error', 'close'):
        for key in ('code', 'name'):
            values = [row[key] for row in table[kind]]
            assert len(values) == len(set(values)), f'{kind} {key} stands twice'


def constant(name):
    return 'AHOY_MESSAGE_' + name.upper().replace('.', '_')


def header(table):
    out = [LICENCE, NOTE, '#pragma once\n\n#include "ahoy-error-codes.h"\n\nG_BEGIN_DECLS\n\n']
    out.append('typedef enum\n{\n  AHOY_MESSAGE_UNKNOWN,\n')
    out += [f"  {constant(m['name'])},\n" for m in table['message']]
    out.append('  AHOY_MESSAGE_LAST,\n} AhoyMessageType;\n\ntypedef enum\n{\n')
    out += [f"  AHOY_CLOSE_{c['name']} = {c['code']}, /* {c['text']} */\n" for c in table['close']]
    out.append('''} AhoyCloseCode;

/* Of a name that is not in the table: AHOY_MESSAGE_UNKNOWN. */
AhoyMessageType ahoy_message_type_from_name  (const char     *name);
const char     *ahoy_message_type_get_name   (AhoyMessageType type);
/* TRUE when a client may send it. */
gboolean        ahoy_message_type_is_request (AhoyMessageType type);
/* TRUE when a server may push it. */
gboolean        ahoy_message_type_is_push    (AhoyMessageType type);
/* TRUE when the request changes something: its answer is remembered by id. */
gboolean        ahoy_message_type_is_change  (AhoyMessageType type);
/* Of a number that is not in the table: NULL. The text is for developers. */
const char     *ahoy_close_code_get_message  (int             code);

G_END_DECLS
''')
    return ''.join(out)


def error_header(table):
    """The part of the tables that programs outside need."""
    out = [LICENCE, NOTE, '#pragma once\n\n#include <glib.h>\n\nG_BEGIN_DECLS\n\n/**\n * AhoyError:\n']
    out += [f" * @AHOY_ERROR_{e['name']}: {e['text']}\n" for e in table['error']]
    out.append(' *\n * The documented numbers of what goes wrong.\n */\ntypedef enum\n{\n')
    out += [f"  AHOY_ERROR_{e['name']} = {e['code']},\n" for e in table['error']]
    out.append('''} AhoyError;

/**
 * ahoy_error_code_get_name:
 * @code: any number
 *
 * Returns: (nullable): the name of the number, %NULL for one that is not documented
 */
const char *ahoy_error_code_get_name    (int code);
/**
 * ahoy_error_code_get_message:
 * @code: any number
 *
 * Returns: (nullable): what the number means, for developers, %NULL for one that is not documented
 */
const char *ahoy_error_code_get_message (int code);

G_END_DECLS
''')
    return ''.join(out)


def source(table):
    out = [LICENCE, NOTE, '''#include "config.h"

#include "ahoy-protocol-tables.h"

static const struct
{
  const char *name;
  gboolean is_request;
  gboolean is_push;
  gboolean is_change;
} messages[AHOY_MESSAGE_LAST] = {
''']
    for m in table['message']:
        request = 'TRUE' if m['by'] in ('client', 'both') else 'FALSE'
        push = 'TRUE' if m['by'] in ('server', 'both') else 'FALSE'
        change = 'TRUE' if m.get('changes') else 'FALSE'
        out.append(f"  [{constant(m['name'])}] = {{ \"{m['name']}\", {request}, {push}, {change} }},\n")
    out.append('''};

typedef struct
{
  int code;
  const char *name;
  const char *text;
} CodeRow;

static const CodeRow errors[] = {
''')
    out += [f"  {{ {e['code']}, \"{e['name']}\", \"{e['text']}\" }},\n" for e in table['error']]
    out.append('};\n\nstatic const CodeRow closes[] = {\n')
    out += [f"  {{ {c['code']}, \"{c['name']}\", \"{c['text']}\" }},\n" for c in table['close']]
    out.append('''};

static const CodeRow *
find_row (const CodeRow *rows,
          gsize          n_rows,
          int            code)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (rows[i].code == code)
        return &rows[i];
    }

  return NULL;
}

AhoyMessageType
ahoy_message_type_from_name (const char *name)
{
  for (int i = AHOY_MESSAGE_UNKNOWN + 1; i < AHOY_MESSAGE_LAST; i++)
    {
      if (g_strcmp0 (messages[i].name, name) == 0)
        return (AhoyMessageType) i;
    }

  return AHOY_MESSAGE_UNKNOWN;
}

const char *
ahoy_message_type_get_name (AhoyMessageType type)
{
  return (guint) type < AHOY_MESSAGE_LAST ? messages[type].name : NULL;
}

gboolean
ahoy_message_type_is_request (AhoyMessageType type)
{
  return (guint) type < AHOY_MESSAGE_LAST && messages[type].is_request;
}

gboolean
ahoy_message_type_is_push (AhoyMessageType type)
{
  return (guint) type < AHOY_MESSAGE_LAST && messages[type].is_push;
}

gboolean
ahoy_message_type_is_change (AhoyMessageType type)
{
  return (guint) type < AHOY_MESSAGE_LAST && messages[type].is_change;
}

const char *
ahoy_error_code_get_name (int code)
{
  const CodeRow *row = find_row (errors, G_N_ELEMENTS (errors), code);

  return row ? row->name : NULL;
}

const char *
ahoy_error_code_get_message (int code)
{
  const CodeRow *row = find_row (errors, G_N_ELEMENTS (errors), code);

  return row ? row->text : NULL;
}

const char *
ahoy_close_code_get_message (int code)
{
  const CodeRow *row = find_row (closes, G_N_ELEMENTS (closes), code);

  return row ? row->text : NULL;
}
''')
    return ''.join(out)


def document(table):
    out = ['# Messages and numbers of ahoy.v1\n\nMade from `protocol.toml`. '
           'The envelope and the rules stand in `src/DESIGN.md`.\n']
    for title, kinds in (('Requests', ('client', 'both')), ('Pushes', ('server', 'both'))):
        out.append(f'\n## {title}\n')
        for m in (m for m in table['message'] if m['by'] in kinds):
            out.append(f"\n### `{m['name']}`\n\n{m['doc']}\n")
            if title == 'Requests':
                out.append(f"Answer: {m['answer']}.\n")
                if m.get('changes'):
                    out.append('A repeat with the same id gets the same answer.\n')
            if m['fields']:
                out.append('\n| field | type | meaning |\n|---|---|---|\n')
                for name, kind, doc in m['fields']:
                    optional = ' (optional)' if name.endswith('?') else ''
                    out.append(f"| `{name.rstrip('?')}` | {kind}{optional} | {doc} |\n")
    for title, kind in (('Errors', 'error'), ('Close codes', 'close')):
        out.append(f'\n## {title}\n\n| number | name | meaning |\n|---|---|---|\n')
        out += [f"| {r['code']} | `{r['name']}` | {r['text']} |\n" for r in table[kind]]
    return ''.join(out)


def main():
    with open(sys.argv[1], 'rb') as file:
        table = tomllib.load(file)
    check(table)
    for path, text in zip(sys.argv[2:], (header(table), source(table), document(table), error_header(table))):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)


if __name__ == '__main__':
    main()
