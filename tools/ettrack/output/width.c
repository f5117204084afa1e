#include "ettrack/output/width.h"

#include "common/utf8.h"

/* Ranges that take no column, and that take two: combining marks, joiners and variation selectors;
 * East Asian wide and full-width characters, emoji. Sorted. */
static const struct range {
  uint32_t first, last;
} zero_width[] = {{0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},  {0x05BF, 0x05BF},
                  {0x05C1, 0x05C2},   {0x05C4, 0x05C5},   {0x0610, 0x061A},  {0x064B, 0x065F},
                  {0x0670, 0x0670},   {0x06D6, 0x06DC},   {0x06DF, 0x06E4},  {0x06E7, 0x06E8},
                  {0x06EA, 0x06ED},   {0x0900, 0x0902},   {0x093A, 0x093A},  {0x093C, 0x093C},
                  {0x0941, 0x0948},   {0x094D, 0x094D},   {0x0E31, 0x0E31},  {0x0E34, 0x0E3A},
                  {0x0E47, 0x0E4E},   {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},  {0x200B, 0x200F},
                  {0x202A, 0x202E},   {0x2060, 0x2064},   {0x20D0, 0x20F0},  {0x302A, 0x302D},
                  {0x3099, 0x309A},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},  {0xFEFF, 0xFEFF},
                  {0x1F3FB, 0x1F3FF}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF}},
  double_width[] = {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
                    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
                    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26BD, 0x26BE},   {0x26CE, 0x26CE},
                    {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},   {0x274C, 0x274C},
                    {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},
                    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
                    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
                    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                    {0xFFE0, 0xFFE6},   {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F19A},
                    {0x1F200, 0x1F320}, {0x1F32D, 0x1F3FA}, {0x1F400, 0x1F64F}, {0x1F680, 0x1F6FF},
                    {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

static int in(const struct range *ranges, size_t count, uint32_t character) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (character > ranges[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && character >= ranges[low].first;
}

static int character_width(uint32_t character) {
  if (character < 0x300)
    return 1;
  if (in(zero_width, sizeof zero_width / sizeof *zero_width, character))
    return 0;
  return in(double_width, sizeof double_width / sizeof *double_width, character) ? 2 : 1;
}

/* The character at `at`, or one byte that is none; its width. */
static size_t step(const char *at, const char *end, int *width) {
  uint32_t character;
  size_t n = utf8_decode(&character, at, end);
  *width = n ? character_width(character) : 1;
  return n ? n : 1;
}

size_t width_of(const char *text, size_t n) {
  size_t columns = 0;
  const char *end = text + n;
  while (text < end) {
    int width;
    text += step(text, end, &width);
    columns += (size_t)width;
  }
  return columns;
}

size_t width_fit(const char *text, size_t n, size_t columns) {
  const char *at = text, *end = text + n;
  size_t taken = 0;
  while (at < end) {
    int width;
    size_t length = step(at, end, &width);
    if (taken + (size_t)width > columns)
      break;
    taken += (size_t)width;
    at += length;
  }
  return (size_t)(at - text);
}

size_t width_step(const char *text, size_t n) {
  int width;
  return step(text, text + n, &width);
}
