package io.caravan;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Puts the classes of the shared context before all others. Of the two threads one takes classes
 * from the front and the other from the back, so that they do not wait for that context both.
 */
public final class SharedContextFirst implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(
                (ClassDescriptor test) ->
                    // On a superclass, too.
                    !AnnotatedElementUtils.hasAnnotation(test.getTestClass(), CaravanTest.class)));
  }
}
