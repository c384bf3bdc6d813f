// Runs whenever a chapter is opened: after a longer one, its beginning would be out of sight.
for (
  let part = document.querySelector("[class*=st-key-chapter_]");
  part;
  part = part.parentElement
) {
  part.scrollTop = 0;
}
