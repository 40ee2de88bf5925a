/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Preloaded into a program, this sets its clock, and only that which people read: the first eight bytes of the file
 * $AHOY_TEST_CLOCK say by how many seconds it is ahead, at every moment anew. The monotonic clock stays what it is,
 * as it does when somebody sets a machine's clock. */

static const volatile int64_t *
get_ahead (void)
{
  static const volatile int64_t *ahead;
  static const int64_t none;
  const char *path = getenv ("AHOY_TEST_CLOCK");
  void *map;
  int fd;

  if (ahead)
    return ahead;

  fd = path ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  map = fd >= 0 ? mmap (NULL, sizeof none, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  if (fd >= 0)
    close (fd);
  ahead = map != MAP_FAILED ? map : &none;

  return ahead;
}

int
clock_gettime (clockid_t        clock,
               struct timespec *time)
{
  static int (*real) (clockid_t, struct timespec *);
  int result;

  if (!real)
    real = dlsym (RTLD_NEXT, "clock_gettime");
  result = real (clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    time->tv_sec += *get_ahead ();

  return result;
}

int
gettimeofday (struct timeval *restrict time,
              void *restrict           zone)
{
  static int (*real) (struct timeval *restrict, void *restrict);
  int result;

  if (!real)
    real = dlsym (RTLD_NEXT, "gettimeofday");
  result = real (time, zone);
  if (result == 0)
    time->tv_sec += *get_ahead ();

  return result;
}

time_t
time (time_t *out)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (out)
    *out = now.tv_sec;

  return now.tv_sec;
}
