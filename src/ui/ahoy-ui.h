/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-avatar.h"
#include "ahoy-call-kit.h"
#include "ahoy-call-view.h"
#include "ahoy-call-window.h"
#include "ahoy-incoming-call-view.h"
#include "ahoy-incoming-call-window.h"
#include "ahoy-video-view.h"
#include "ahoy-words.h"
