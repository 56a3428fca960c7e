# syntax=docker/dockerfile:1

FROM eclipse-temurin:25 AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml application.yaml ./
COPY routes routes
COPY src src
# The cache mount keeps Maven itself and the libraries between builds and out of the image.
RUN --mount=type=cache,target=/root/.m2 \
    sh mvnw -B -ntp -Dmaven.test.skip=true package \
    && mv target/caravan-*.jar caravan.jar
# The JDK's cache reads plain jars, not the nested ones of the executable jar.
RUN java -Djarmode=tools -jar caravan.jar extract --destination /app

# The same image as above: only the very JVM that wrote the cache below can read it.
FROM eclipse-temurin:25
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin caravan \
    && mkdir -p /app/data /app/drivers /app/cache \
    && chown caravan /app/data /app/cache
WORKDIR /app
COPY --from=build /app ./
# In the jar, too. Here they can be read, and replaced by a mount: those in the working directory win.
COPY application.yaml ./
COPY routes routes
USER caravan
# One start that ends as soon as the beans are there teaches the JVM what to load and link ahead of time (JEP 483, 514).
# It runs in the final place, because the cache names its jars by path, size and time, and with a data directory of its
# own, whose generated secrets must not become part of the image.
RUN CARAVAN_DATA_DIRECTORY=/tmp/training java \
      --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      -XX:AOTCacheOutput=/app/cache/app.aot -Dspring.context.exit=onRefresh -jar /app/caravan.jar \
    && test -s /app/cache/app.aot \
    && rm -rf /tmp/training /tmp/embedded-pg

ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 8080
VOLUME /app/data
# The image has neither curl nor wget.
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
# More options for the JVM go into JAVA_TOOL_OPTIONS; words after the image's name are Caravan's (serve, run, status).
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=/app/cache/app.aot", "-jar", "/app/caravan.jar"]
