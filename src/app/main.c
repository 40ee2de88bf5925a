/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AhoyApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, AHOY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("ahoy");
  g_set_application_name (_("Ahoy"));

  application = ahoy_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
