// A receipt just made is printed by itself, but not again when the page is loaded once more.
"use strict";
history.replaceState(null, "", location.pathname);
addEventListener("load", () => window.print());
