#include "pages.h"

#include <stdio.h>
#include <stdlib.h>

const char *const page_kinds[PAGE_KINDS] = {"SentEvent", "ClickEvent",          "BounceEvent",
                                            "Send",      "DataExtensionObject", "Subscriber"};

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope "
    "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body><RetrieveResponseMsg "
    "xmlns=\"http://exacttarget.com/wsdl/partnerAPI\"><OverallStatus>OK</OverallStatus>"
    "<RequestID>5d1c1b22-0000-4000-8000-000000000001</RequestID>";

static const char tail[] = "</RetrieveResponseMsg></soap:Body></soap:Envelope>";

#define EVENT(kind, name)                                                                      \
  "<Results xsi:type=\"" kind "\"><Client><ID>7281</ID></Client><PartnerKey xsi:nil=\"true\" " \
  "/><PartnerProperties><Name>ListID</Name><Value>27</Value></PartnerProperties>"              \
  "<ObjectID xsi:nil=\"true\" /><SendID>12043295</SendID>"                                     \
  "<SubscriberKey>subscriber-%08d@example.com</SubscriberKey>"                                 \
  "<EventDate>2026-10-31T08:45:%02d.71</EventDate><EventType>" name "</EventType>"             \
  "<TriggeredSendDefinitionObjectID xsi:nil=\"true\" /><BatchID>1</BatchID>"

/* Each takes the number of the row and a number below 60. */
static const char *const row_texts[PAGE_KINDS] = {
    EVENT("SentEvent", "Sent") "</Results>",
    EVENT("ClickEvent", "Click") "<URLID>8811</URLID>"
                                 "<URL>https://www.example.com/offers?id=9&amp;from=mail</URL>"
                                 "</Results>",
    EVENT("BounceEvent", "HardBounce") "<SMTPCode>550</SMTPCode><BounceCategory>Hard bounce"
                                       "</BounceCategory><SMTPReason>5.1.1 The account does not "
                                       "exist &lt;unknown&gt;</SMTPReason><BounceType>immediate"
                                       "</BounceType></Results>",
    "<Results xsi:type=\"Send\"><Client><ID>7281</ID></Client><PartnerKey xsi:nil=\"true\" />"
    "<CreatedDate>2026-10-30T23:01:02.123</CreatedDate><ModifiedDate>2026-10-31T00:00:00"
    "</ModifiedDate><ID>%d</ID><ObjectID xsi:nil=\"true\" /><Email><ID>3099023</ID><PartnerKey "
    "xsi:nil=\"true\" /></Email><FromAddress>news@example.com</FromAddress><FromName>Example "
    "News</FromName><Duplicates>0</Duplicates><InvalidAddresses>3</InvalidAddresses>"
    "<ExistingUndeliverables>1</ExistingUndeliverables><ExistingUnsubscribes>2"
    "</ExistingUnsubscribes><HardBounces>17</HardBounces><SoftBounces>4</SoftBounces><OtherBounces>"
    "0</OtherBounces><ForwardedEmails>5</ForwardedEmails><UniqueClicks>410</UniqueClicks>"
    "<UniqueOpens>1200</UniqueOpens><NumberSent>7440</NumberSent><NumberDelivered>7419"
    "</NumberDelivered><Unsubscribes>12</Unsubscribes><MissingAddresses>0</MissingAddresses>"
    "<Subject>November &amp; more</Subject><PreviewURL>https://view.example.com/?qs=%d</PreviewURL>"
    "<SentDate>2026-10-31T08:45:00.71</SentDate><EmailName>2026-11 newsletter</EmailName><Status>"
    "Complete</Status><IsMultipart>true</IsMultipart><SendLimit>0</SendLimit><IsAlwaysOn>false"
    "</IsAlwaysOn></Results>",
    "<Results xsi:type=\"DataExtensionObject\"><PartnerKey xsi:nil=\"true\" /><ObjectID "
    "xsi:nil=\"true\" /><Type>DataExtensionObject</Type><Properties><Property><Name>Person</Name>"
    "<Value>%08d</Value></Property><Property><Name>City</Name><Value>Ulm</Value></Property>"
    "<Property><Name>Joined</Name><Value>8/9/2026 1:02:%02d PM</Value></Property><Property><Name>"
    "Note</Name><Value /></Property></Properties></Results>",
    "<Results xsi:type=\"Subscriber\"><Client><ID>7281</ID></Client><PartnerKey xsi:nil=\"true\" />"
    "<CreatedDate>2019-11-07T11:26:19.142</CreatedDate><ID>%d</ID><ObjectID xsi:nil=\"true\" />"
    "<EmailAddress>ann@example.com</EmailAddress><Attributes><Name>First Name</Name><Value>Ann"
    "</Value></Attributes><Attributes><Name>City</Name><Value>Ulm</Value></Attributes><Attributes>"
    "<Name>Points</Name><Value>%d</Value></Attributes><SubscriberKey>00123</SubscriberKey><Status>"
    "Active</Status><EmailTypePreference>HTML</EmailTypePreference></Results>",
};

char *page_make(int kind, int rows, size_t *size) {
  char *page = NULL;
  FILE *file = open_memstream(&page, size);
  if (!file)
    return NULL;
  fputs(head, file);
  for (int i = 0; i < rows; i++)
    fprintf(file, row_texts[kind], i, i % 60);
  fputs(tail, file);
  return fclose(file) == 0 ? page : NULL;
}
