// <div data-calendar="address of the entries" data-failed="#words"> becomes a calendar of month, week, day and list.
"use strict";
(() => {
  const box = document.querySelector("[data-calendar]");
  const words = document.querySelector(box.dataset.failed);
  const isNarrow = matchMedia("(max-width: 767px)").matches;
  const calendar = new FullCalendar.Calendar(box, {
    locale: "zh-CN",
    timeZone: "Asia/Shanghai",
    firstDay: 1,
    height: "auto",
    initialView: isNarrow ? "listMonth" : "dayGridMonth",
    headerToolbar: { left: "prev,next today", center: "title", right: "dayGridMonth,timeGridWeek,timeGridDay,listMonth" },
    buttonIcons: false, // its icons are pictures without words
    buttonText: { prev: "‹", next: "›", today: "今天", month: "月", week: "周", day: "日", list: "列表" },
    buttonHints: { prev: "上一段", next: "下一段", today: "回到今天" },
    viewHint: (name) => `按${name}查看`,
    allDayText: "全天",
    noEventsText: "这段时间没有安排",
    moreLinkText: (number) => `还有${number}项`,
    dayMaxEvents: 4,
    slotMinTime: "07:00",
    slotMaxTime: "22:00",
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    events: { url: box.dataset.calendar, failure: () => { words.hidden = false; }, success: () => { words.hidden = true; } },
  });
  calendar.render();
})();
