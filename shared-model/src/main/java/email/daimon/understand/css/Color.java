package email.daimon.understand.css;

/**
 * A colour of sRGB.
 *
 * @param red 0 to 255, like green and blue
 * @param alpha 0, transparent, to 1, opaque
 */
public record Color(double red, double green, double blue, double alpha) {
  public static final Color WHITE = new Color(255, 255, 255, 1);
  public static final Color BLACK = new Color(0, 0, 0, 1);
  public static final Color TRANSPARENT = new Color(0, 0, 0, 0);

  /** Of links that no style colours. */
  public static final Color LINK = new Color(0, 0, 238, 1);

  // Two shades less than 10 apart in CIE 1976 L*a*b* (2.3 is just noticeable side by side) are no
  // text to a reader: #e8e8e8 on white, #181818 on black. #ddd on white (12) can be made out.
  private static final double SAME = 10;
  // Thin strokes are read by lightness; a pale yellow on white differs in hue alone.
  private static final double SAME_LIGHTNESS = 1.1;
  private static final double SAME_HUE = 30;

  /** This colour laid over an opaque one. */
  public Color over(Color below) {
    if (alpha >= 1) {
      return this;
    }
    return new Color(
        mixed(red, below.red), mixed(green, below.green), mixed(blue, below.blue), below.alpha);
  }

  /** The same, seen through something. */
  public Color faded(double by) {
    return by >= 1 ? this : new Color(red, green, blue, alpha * by);
  }

  /** Whether text of this colour cannot be made out on an opaque ground. */
  public boolean isLostOn(Color ground) {
    Color seen = over(ground);
    if (seen.equals(ground)) {
      return true;
    }
    // Far apart in any channel is far apart: spares the powers below for nearly all text.
    if (Math.abs(seen.red - ground.red) > 90
        || Math.abs(seen.green - ground.green) > 90
        || Math.abs(seen.blue - ground.blue) > 130) {
      return false;
    }
    double distance = distance(seen.lab(), ground.lab());
    return distance < SAME || (distance < SAME_HUE && contrast(seen, ground) < SAME_LIGHTNESS);
  }

  private double mixed(double above, double below) {
    return above * alpha + below * (1 - alpha);
  }

  /** WCAG 2, 1.4.3. */
  private static double contrast(Color one, Color other) {
    double first = one.luminance() + 0.05;
    double second = other.luminance() + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private double[] lab() {
    double r = linear(red);
    double g = linear(green);
    double b = linear(blue);
    double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double linear(double channel) {
    double c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }
}
