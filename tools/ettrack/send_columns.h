/* What `ettrack send` adds to the properties of a Send: what the service does not return as Links
 * and Events, counted from LinkSend and the event objects. */
#ifndef ETTRACK_SEND_COLUMNS_H
#define ETTRACK_SEND_COLUMNS_H

#define SEND_LINKS "Links"                   /* number of links */
#define SEND_LINK_CLICKS "Links.TotalClicks" /* their clicks together */
#define SEND_EVENTS_PREFIX "Events."         /* "Events.SentEvent": number of such events */

#endif
