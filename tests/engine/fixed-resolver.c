/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fixed-resolver.h"

#define FIXED_TYPE_RESOLVER (fixed_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FixedResolver, fixed_resolver, FIXED, RESOLVER, GResolver)

struct _FixedResolver
{
  GResolver parent_instance;

  char *address; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FixedResolver, fixed_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
fixed_resolver_lookup_async (GResolver                *resolver,
                             const char               *name,
                             GResolverNameLookupFlags  flags,
                             GCancellable             *cancellable,
                             GAsyncReadyCallback       callback,
                             gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "%s has no such address", name);
  else
    g_task_return_pointer (task,
                           g_list_prepend (NULL, g_inet_address_new_from_string (FIXED_RESOLVER (resolver)->address)),
                           free_addresses);
}

static GList *
fixed_resolver_lookup_finish (GResolver     *resolver,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fixed_resolver_finalize (GObject *object)
{
  g_free (FIXED_RESOLVER (object)->address);

  G_OBJECT_CLASS (fixed_resolver_parent_class)->finalize (object);
}

static void
fixed_resolver_class_init (FixedResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fixed_resolver_finalize;
  resolver_class->lookup_by_name_with_flags_async = fixed_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = fixed_resolver_lookup_finish;
}

static void
fixed_resolver_init (FixedResolver *self)
{
}

void
fixed_resolver_set (const char *address)
{
  g_autoptr (FixedResolver) resolver = g_object_new (FIXED_TYPE_RESOLVER, NULL);

  resolver->address = g_strdup (address);
  g_resolver_set_default (G_RESOLVER (resolver));
}
