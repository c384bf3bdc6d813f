// Runs whenever a chapter is opened: below the views, or after a longer chapter, its beginning would
// be out of sight.
document.querySelector(".st-key-lesson")?.scrollIntoView({ block: "start" });
