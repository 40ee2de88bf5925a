/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-application.h"

#include <glib/gi18n.h>
#include <locale.h>

/* Run from the build folder, the settings' schema is not installed: it lies beside, in data/. GSettings ends the
 * program for a schema that is missing, so this comes before anything asks for one. */
static void
find_schema_of_build (void)
{
  g_autofree char *program = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *schemas = NULL;
  g_autofree char *compiled = NULL;

  if (g_getenv ("GSETTINGS_SCHEMA_DIR"))
    return;

  program = g_file_read_link ("/proc/self/exe", NULL);
  if (!program)
    return;

  folder = g_path_get_dirname (program);
  schemas = g_build_filename (folder, "..", "..", "data", NULL);
  compiled = g_build_filename (schemas, "gschemas.compiled", NULL);
  if (g_file_test (compiled, G_FILE_TEST_EXISTS))
    g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AhoyApplication) application = NULL;

  find_schema_of_build ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, AHOY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("ahoy");
  g_set_application_name (_("Ahoy"));

  application = ahoy_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
