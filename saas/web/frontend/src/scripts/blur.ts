// Faces are covered on the phone, before anything is sent: what the form sends is what the canvas shows, and the
// picture as it was stays where it is. By finger, mouse, or keys: arrows move a frame, Enter covers what is in it.
type Square = { x: number; y: number; side: number };
type Stroke = Square[];

const LONGEST = 1600;
const BLOCKS = 4;

export function blurs(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-blur]").forEach((box) => {
    const input = box.querySelector<HTMLInputElement>("input[type=file]");
    const canvas = box.querySelector<HTMLCanvasElement>("[data-blur-canvas]");
    if (input && canvas) new Blur(box, input, canvas);
  });
}

class Blur {
  private image: ImageBitmap | null = null;
  private strokes: Stroke[] = [];
  private side = 120;
  private at = { x: 0, y: 0 };
  private drawing: Stroke | null = null;
  private turn = 0;
  private readonly frame: HTMLElement;
  private readonly tool: HTMLElement;

  constructor(
    private readonly box: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly canvas: HTMLCanvasElement,
  ) {
    this.frame = box.querySelector<HTMLElement>("[data-blur-frame]")!;
    this.tool = box.querySelector<HTMLElement>("[data-blur-tool]")!;
    box.querySelector<HTMLElement>("[data-blur-note]")?.remove();
    input.addEventListener("change", () => void this.open());
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => void this.end());
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.show(true));
    canvas.addEventListener("blur", () => this.show(false));
    box.querySelector("[data-blur-undo]")?.addEventListener("click", () => this.undo());
    box.querySelectorAll<HTMLElement>("[data-blur-size]").forEach((button) =>
      button.addEventListener("click", () => this.resize(Number(button.dataset.blurSize))),
    );
  }

  /** The chosen picture, upright and no larger than it is kept; what cannot be shown is not sent either. */
  private async open(): Promise<void> {
    const file = this.input.files?.[0];
    this.tool.hidden = !file;
    if (!file) return;
    this.input.value = "";
    this.input.setCustomValidity("");
    try {
      this.image = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      this.tool.hidden = true;
      this.input.setCustomValidity(this.tool.dataset.unreadable ?? "");
      this.input.reportValidity();
      return;
    }
    const share = Math.min(1, LONGEST / Math.max(this.image.width, this.image.height));
    this.canvas.width = Math.round(this.image.width * share);
    this.canvas.height = Math.round(this.image.height * share);
    this.side = Math.round(Math.max(this.canvas.width, this.canvas.height) / 8);
    this.at = { x: this.canvas.width / 2, y: this.canvas.height / 2 };
    this.strokes = [];
    await this.draw();
    this.canvas.focus();
  }

  private async draw(): Promise<void> {
    const pen = this.canvas.getContext("2d");
    if (!pen || !this.image) return;
    pen.imageSmoothingEnabled = true;
    pen.drawImage(this.image, 0, 0, this.canvas.width, this.canvas.height);
    for (const stroke of this.strokes) for (const square of stroke) this.cover(pen, square);
    const said = this.box.querySelector<HTMLElement>("[data-blur-said]");
    if (said) said.textContent = (said.dataset.words ?? "").replace("#", String(this.strokes.length));
    this.show(document.activeElement === this.canvas);
    await this.send();
  }

  /** A few blocks of one colour each: too coarse to be turned back into a face. */
  private cover(pen: CanvasRenderingContext2D, { x, y, side }: Square): void {
    const small = document.createElement("canvas");
    small.width = small.height = BLOCKS;
    const left = Math.round(x - side / 2);
    const top = Math.round(y - side / 2);
    const brush = small.getContext("2d");
    if (!brush) return;
    brush.imageSmoothingQuality = "high";
    brush.drawImage(this.canvas, left, top, side, side, 0, 0, BLOCKS, BLOCKS);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, 0, 0, BLOCKS, BLOCKS, left, top, side, side);
    pen.imageSmoothingEnabled = true;
  }

  /** What the form sends is the canvas; until it is ready nothing can be sent. */
  private async send(): Promise<void> {
    const turn = ++this.turn;
    const button = this.input.form?.querySelector<HTMLButtonElement>("button[type=submit]");
    if (button) button.disabled = true;
    const blob = await new Promise<Blob | null>((done) => this.canvas.toBlob(done, "image/jpeg", 0.9));
    if (turn !== this.turn) return;
    const kept = new DataTransfer();
    if (blob) kept.items.add(new File([blob], "picture.jpg", { type: "image/jpeg" }));
    this.input.files = kept.files;
    if (button) button.disabled = false;
  }

  private begin(event: PointerEvent): void {
    if (!this.image) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.drawing = [];
    this.strokes.push(this.drawing);
    this.go(event);
  }

  private go(event: PointerEvent): void {
    const pen = this.canvas.getContext("2d");
    if (!this.drawing || !pen) return;
    const place = this.canvas.getBoundingClientRect();
    const scale = this.canvas.width / place.width;
    this.at = { x: (event.clientX - place.left) * scale, y: (event.clientY - place.top) * scale };
    const last = this.drawing[this.drawing.length - 1];
    if (last && Math.hypot(last.x - this.at.x, last.y - this.at.y) < this.side / 3) return;
    const square = { ...this.at, side: this.side };
    this.drawing.push(square);
    this.cover(pen, square);
  }

  private async end(): Promise<void> {
    if (!this.drawing) return;
    this.drawing = null;
    await this.draw();
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step) {
      const by = this.side / (event.shiftKey ? 1 : 4);
      this.at.x = Math.min(Math.max(this.at.x + step[0] * by, 0), this.canvas.width);
      this.at.y = Math.min(Math.max(this.at.y + step[1] * by, 0), this.canvas.height);
      this.show(true);
    } else if (event.key === "Enter" || event.key === " ") {
      this.strokes.push([{ ...this.at, side: this.side }]);
      void this.draw();
    } else if (event.key === "Backspace") this.undo();
    else if (event.key === "+" || event.key === "-") this.resize(event.key === "+" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  private undo(): void {
    this.strokes.pop();
    void this.draw();
  }

  private resize(by: number): void {
    this.side = Math.round(Math.min(Math.max(this.side * (by > 0 ? 1.4 : 1 / 1.4), 24), this.canvas.width));
    this.show(true);
  }

  /** The frame of who works with keys. */
  private show(seen: boolean): void {
    this.frame.hidden = !seen || !this.image;
    const { width, height } = this.canvas;
    this.frame.style.left = `${((this.at.x - this.side / 2) / width) * 100}%`;
    this.frame.style.top = `${((this.at.y - this.side / 2) / height) * 100}%`;
    this.frame.style.width = `${(this.side / width) * 100}%`;
    this.frame.style.height = `${(this.side / height) * 100}%`;
  }
}
