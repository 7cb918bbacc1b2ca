"""Meetings: every one with its slides counted, and the form for a new one."""

from xianzhong.access.shared import meetings_seen
from xianzhong.ui.frame import begin, empty
from xianzhong.ui.meeting.listed import meeting_list, new_meeting

session = begin("meetings", filters=False)
found = meetings_seen(session.engine.lake, session.caller)
if not found:
    empty(
        session,
        session.say(
            "No meeting has been prepared yet. On any page with numbers, “Add to meeting” makes "
            "slides of what you see; here they are put in order, given notes and shown on a wall."
        ),
        clear=False,
    )
new_meeting(session)
meeting_list(session, found)
