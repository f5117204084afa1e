/* The field table holds what the generated structs are: values written through a struct are found
 * by name, and the reverse. That names, kinds and offsets fit at all, the compiler has checked. */
#include "etStub.h"
#include "contract/operations.h"
#include "contract/types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct ets_type *type_of(const char *name) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  assert_non_null(type);
  return type;
}

static const struct ets_field *field_of(const char *type, const char *name) {
  const struct ets_field *field = ets_type_field(type_of(type), name, strlen(name));
  assert_non_null(field);
  return field;
}

static void *at(void *object, const struct ets_field *field) {
  return (char *)object + field->offset;
}

static void finds_every_type_by_its_name(void **state) {
  (void)state;
  assert_true(ets_type_count > 300);
  for (size_t i = 0; i < ets_type_count; i++) {
    const char *name = ets_types[i]->name;
    assert_ptr_equal(ets_type_find(name, strlen(name)), ets_types[i]);
    if (i > 0)
      assert_true(strcmp(ets_types[i - 1]->name, name) < 0);
  }
  assert_null(ets_type_find("Sen", 3));
  assert_null(ets_type_find("Sendx", 5));
  assert_null(ets_type_find("", 0));
  assert_null(ets_type_find("~", 1));
  assert_non_null(ets_type_find("Sendx", 4));
}

static void finds_fields_inherited_ones_included(void **state) {
  (void)state;
  for (size_t i = 0; i < ets_type_count; i++) {
    const struct ets_type *type = ets_types[i];
    assert_int_equal(type->inherited, type->base ? type->base->field_count : 0);
    assert_int_equal(type->depth, type->base ? type->base->depth + 1 : 0);
    for (uint32_t k = 0; k < type->field_count; k++) {
      const struct ets_field *field = &type->fields[k];
      assert_ptr_equal(ets_type_field(type, field->name, strlen(field->name)), field);
      assert_int_equal(field->kind == ETS_KIND_STRUCT, field->type != NULL);
      assert_int_equal(field->kind == ETS_KIND_ENUM, field->enumeration != NULL);
      assert_true(field->offset < type->size);
      if (k < type->inherited)
        assert_string_equal(field->name, type->base->fields[k].name);
    }
  }
  assert_null(ets_type_field(type_of("Send"), "sendID", 6));
}

static void knows_what_derives_from_what(void **state) {
  (void)state;
  const struct ets_type *sent = type_of("SentEvent"), *base = type_of("APIObject");
  assert_true(ets_type_is(sent, sent));
  assert_true(ets_type_is(sent, type_of("TrackingEvent")));
  assert_true(ets_type_is(sent, base));
  assert_false(ets_type_is(base, sent));
  assert_false(ets_type_is(sent, type_of("Result")));
}

static void knows_which_paths_it_declares(void **state) {
  (void)state;
  const struct ets_type *link = type_of("LinkSend");
  assert_true(ets_type_declares(link, "SendID"));
  assert_true(ets_type_declares(link, "Link.URL"));
  for (const char *const *path = (const char *const[]){"Link.Url", "Link.URL.x", "Link.", "", NULL};
       *path; path++)
    if (ets_type_declares(link, *path))
      fail_msg("%s", *path);
  assert_false(ets_type_declares(NULL, "SendID"));
}

static void fields_lie_where_the_struct_has_them(void **state) {
  (void)state;
  struct et__ClickEvent click;
  int job = 42;
  char url[] = "https://127.0.0.1/";
  memset(&click, 0, sizeof click);
  click.SendID = &job;
  click.URL = url;
  const struct ets_field *send_id = field_of("ClickEvent", "SendID");
  assert_int_equal(send_id->kind, ETS_KIND_INT);
  assert_int_equal(send_id->flags, ETS_FIELD_POINTER);
  assert_ptr_equal(*(int **)at(&click, send_id), &job);
  assert_ptr_equal(*(char **)at(&click, field_of("ClickEvent", "URL")), url);
  assert_int_equal(field_of("ClickEvent", "EventDate")->kind, ETS_KIND_DATETIME);
  assert_int_equal(field_of("APIObject", "PartnerKey")->flags, ETS_FIELD_NILLABLE);

  struct et__TrackingEvent event;
  memset(&event, 0, sizeof event);
  event.et__ClickEvent = &click;
  void *link = (char *)&event + type_of("ClickEvent")->link;
  assert_ptr_equal(*(struct et__ClickEvent **)link, &click);
}

static void arrays_have_their_count(void **state) {
  (void)state;
  struct et__RetrieveRequest request;
  char *names[] = {(char *)"ID", (char *)"Name"};
  memset(&request, 0, sizeof request);
  request.Properties = names;
  request.__sizeProperties = 2;
  const struct ets_field *field = field_of("RetrieveRequest", "Properties");
  assert_int_equal(field->flags & ETS_FIELD_ARRAY, ETS_FIELD_ARRAY);
  assert_ptr_equal(*(char ***)at(&request, field), names);
  assert_int_equal(*(int *)((char *)&request + field->count_offset), 2);
}

static void wildcards_are_of_any_kind(void **state) {
  (void)state;
  if (!ets_type_find("AssetAnyProperty", strlen("AssetAnyProperty")))
    skip(); /* an older contract */
  assert_int_equal(field_of("AssetAnyProperty", "##any")->kind, ETS_KIND_ANY);
}

static void choices_are_told_by_their_selector(void **state) {
  (void)state;
  struct et__FieldMap map;
  memset(&map, 0, sizeof map);
  map.__union_FieldMap = SOAP_UNION__et__union_FieldMap_SourceOrdinal;
  map.union_FieldMap.SourceOrdinal = 7;
  const struct ets_field *name = field_of("FieldMap", "SourceName");
  const struct ets_field *ordinal = field_of("FieldMap", "SourceOrdinal");
  assert_int_equal(ordinal->flags, ETS_FIELD_CHOICE);
  int selected = *(int *)((char *)&map + ordinal->count_offset);
  assert_int_equal(selected, ordinal->selector);
  assert_int_not_equal(selected, name->selector);
  assert_int_equal(*(int *)at(&map, ordinal), 7);
}

static void names_with_underscores_are_wire_names(void **state) {
  (void)state;
  const struct ets_field *type = field_of("Account", "AccountType");
  const struct ets_enum *values = type->enumeration;
  assert_string_equal(values->values[et__AccountTypeEnum__PRO_USCORECONNECT], "PRO_CONNECT");
  assert_int_equal(values->count, 10);
}

static void operations_have_their_messages(void **state) {
  (void)state;
  for (size_t i = 0; i < ETS_OPERATION_COUNT; i++) {
    const struct ets_operation *operation = &ets_operations[i];
    type_of(operation->request);
    type_of(operation->response);
    assert_ptr_equal(ets_operation_find(operation->name), operation);
    assert_ptr_equal(ets_operation_find(operation->request), operation);
    assert_null(ets_operation_find(operation->response));
    assert_non_null(operation->items);
  }
  assert_int_equal(type_of("RetrieveRequestMsg")->size, sizeof(struct _et__RetrieveRequestMsg));
}

static void abstract_types_are_marked(void **state) {
  (void)state;
  assert_true(type_of("Options")->flags & ETS_TYPE_ABSTRACT);
  assert_false(type_of("RetrieveOptions")->flags & ETS_TYPE_ABSTRACT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_every_type_by_its_name),
      cmocka_unit_test(finds_fields_inherited_ones_included),
      cmocka_unit_test(knows_what_derives_from_what),
      cmocka_unit_test(knows_which_paths_it_declares),
      cmocka_unit_test(fields_lie_where_the_struct_has_them),
      cmocka_unit_test(arrays_have_their_count),
      cmocka_unit_test(wildcards_are_of_any_kind),
      cmocka_unit_test(choices_are_told_by_their_selector),
      cmocka_unit_test(names_with_underscores_are_wire_names),
      cmocka_unit_test(operations_have_their_messages),
      cmocka_unit_test(abstract_types_are_marked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
