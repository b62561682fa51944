// No more words than asked for: the others rest until one is let go.
export function limitWords(form) {
  const most = Number(form.dataset.mostWords);
  const boxes = [...form.querySelectorAll("input[name=words]")];
  const update = () => {
    const isFull = boxes.filter((box) => box.checked).length >= most;
    for (const box of boxes) box.disabled = isFull && !box.checked;
  };
  form.addEventListener("change", update);
  update();
}

for (const form of document.querySelectorAll("form[data-most-words]")) limitWords(form);
