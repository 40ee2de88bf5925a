/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-stage-geometry.h"

#define NARROW 600
#define MARGIN 12
#define TOP 58        /* under the header, also while that is hidden: the view does not move then */
#define BAR_SPACE 92  /* over the control bar */
#define GLIDE 0.12    /* seconds of speed that a throw is worth */

double
ahoy_stage_picture_scale (double   pw,
                          double   ph,
                          double   aw,
                          double   ah,
                          gboolean contain,
                          gboolean automatic)
{
  double sx, sy, ratio;

  if (pw <= 0 || ph <= 0)
    return 1;
  sx = aw / pw;
  sy = ah / ph;
  if (automatic)
    {
      ratio = MAX (sx, sy) / MAX (MIN (sx, sy), 1e-6);
      contain = ratio > 1.6;
    }
  return contain ? MIN (sx, sy) : MAX (sx, sy);
}

void
ahoy_stage_self_view_size (int     stage_width,
                           int     stage_height,
                           double  aspect,
                           int    *width,
                           int    *height)
{
  int w, h, highest;

  if (stage_width < NARROW)
    {
      *width = 104;
      *height = 140;
      return;
    }
  if (aspect <= 0)
    aspect = 16.0 / 9.0;
  aspect = CLAMP (aspect, 9.0 / 16.0, 2.4);
  w = CLAMP (stage_width / 5, 144, 256);
  h = (int) (w / aspect + 0.5);
  highest = MAX (stage_height * 28 / 100, 72);
  if (h > highest)
    {
      h = highest;
      w = (int) (h * aspect + 0.5);
    }
  *width = w;
  *height = h;
}

AhoyStageRect
ahoy_stage_self_view_place (int        stage_width,
                            int        stage_height,
                            double     aspect,
                            AhoyCorner corner,
                            gboolean   is_rtl)
{
  AhoyStageRect place = { 0 };
  gboolean at_end = corner == AHOY_CORNER_TOP_END || corner == AHOY_CORNER_BOTTOM_END;
  gboolean at_top = corner == AHOY_CORNER_TOP_START || corner == AHOY_CORNER_TOP_END;

  ahoy_stage_self_view_size (stage_width, stage_height, aspect, &place.width, &place.height);
  place.x = at_end != is_rtl ? stage_width - MARGIN - place.width : MARGIN;
  place.y = at_top ? TOP : stage_height - BAR_SPACE - place.height;
  /* In a very low window the lower corners would reach under the header. */
  place.y = MAX (place.y, MIN (TOP, MAX (stage_height - MARGIN - place.height, MARGIN)));
  return place;
}

static AhoyCorner
corner_from_sides (gboolean is_right,
                   gboolean is_bottom,
                   gboolean is_rtl)
{
  if (is_right != is_rtl)
    return is_bottom ? AHOY_CORNER_BOTTOM_END : AHOY_CORNER_TOP_END;
  return is_bottom ? AHOY_CORNER_BOTTOM_START : AHOY_CORNER_TOP_START;
}

AhoyCorner
ahoy_stage_corner_for (int      stage_width,
                       int      stage_height,
                       double   x,
                       double   y,
                       double   speed_x,
                       double   speed_y,
                       gboolean is_rtl)
{
  return corner_from_sides (x + speed_x * GLIDE > stage_width / 2.0, y + speed_y * GLIDE > stage_height / 2.0,
                            is_rtl);
}

AhoyCorner
ahoy_stage_corner_step (AhoyCorner corner,
                        int        dx,
                        int        dy,
                        gboolean   is_rtl)
{
  gboolean at_end = corner == AHOY_CORNER_TOP_END || corner == AHOY_CORNER_BOTTOM_END;
  gboolean is_right = at_end != is_rtl;
  gboolean is_bottom = corner == AHOY_CORNER_BOTTOM_START || corner == AHOY_CORNER_BOTTOM_END;

  if (dx)
    is_right = dx > 0;
  if (dy)
    is_bottom = dy > 0;
  return corner_from_sides (is_right, is_bottom, is_rtl);
}
