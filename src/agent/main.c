/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-agent.h"

#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AhoyAgentOptions) options = NULL;
  g_autoptr (AhoyAgent) agent = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("ahoy-agent");

  options = ahoy_agent_options_parse (&argc, &argv, &error);
  if (!options)
    {
      g_printerr ("ahoy-agent: %s\n", error->message);
      return AHOY_AGENT_USAGE;
    }

  if (options->show_version)
    {
      g_print ("ahoy-agent %s\n", AHOY_VERSION);
      return AHOY_AGENT_OK;
    }

  agent = ahoy_agent_new (options);

  return ahoy_agent_run (agent);
}
