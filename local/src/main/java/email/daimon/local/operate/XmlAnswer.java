package email.daimon.local.operate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An answer of AWS's query protocol: names without namespaces. */
public record XmlAnswer(Element element) {
  public XmlAnswer {
    requireNonNull(element, "element is null");
  }

  static XmlAnswer parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new XmlAnswer(
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement());
    } catch (SAXException | IOException e) {
      throw new OperatorException(
          "AWS's answer is no XML: is a proxy between, or AWS_ENDPOINT_URL set?", e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of the first element of this name, at any depth. */
  public Optional<String> text(String name) {
    return first(name).map(found -> found.element().getTextContent().strip());
  }

  /** The first element of this name, at any depth. */
  public Optional<XmlAnswer> first(String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0
        ? Optional.empty()
        : Optional.of(new XmlAnswer((Element) found.item(0)));
  }

  /** What the list of this name holds; nothing where there is no such list. */
  public List<XmlAnswer> members(String name) {
    List<XmlAnswer> members = new ArrayList<>();
    first(name)
        .ifPresent(list -> {
          for (Node child = list.element().getFirstChild();
              child != null;
              child = child.getNextSibling()) {
            if (child instanceof Element member) {
              members.add(new XmlAnswer(member));
            }
          }
        });
    return members;
  }

  /** Its leaves as the fields of a form that says the same, each name below the prefix. */
  public void flatten(String prefix, Map<String, String> fields) {
    int member = 0;
    boolean leaf = true;
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        leaf = false;
        String name =
            inner.getTagName().equals("member") ? "member." + ++member : inner.getTagName();
        new XmlAnswer(inner).flatten(prefix + "." + name, fields);
      }
    }
    String text = element.getTextContent().strip();
    if (leaf && !text.isEmpty()) {
      fields.put(prefix, text);
    }
  }
}
