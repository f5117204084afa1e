# SOAP::Lite with its defaults, autotyping included, through the scenario:
# soap_lite.pl SCENARIO ENDPOINT. Prints JSON.
use strict;
use warnings;
use utf8;
use JSON::PP;
use Scalar::Util;
use SOAP::Lite;

my $ET = 'http://exacttarget.com/wsdl/partnerAPI';
my $WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
my ($path, $endpoint) = @ARGV;

# Text that is not ASCII would go out as base64.
sub element {
    my ($name, $value) = @_;
    my $element = SOAP::Data->name($name => $value);
    return $value =~ /[^\x00-\x7f]/ ? $element->type('string') : $element;
}

# Elements in an element; a type is what xsi:type says.
sub group {
    my ($name, $type, @elements) = @_;
    my $group = SOAP::Data->name($name => @elements ? \SOAP::Data->value(@elements) : '');
    return $type ? $group->attr({ 'xsi:type' => $type }) : $group;
}

sub filter {
    my ($name, $part) = @_;
    return group($name, 'ComplexFilterPart', filter('LeftOperand', $part->{left}),
        element('LogicalOperator', $part->{operator}), filter('RightOperand', $part->{right}))
        if $part->{left};
    return group($name, 'SimpleFilterPart', element('Property', $part->{property}),
        element('SimpleOperator', $part->{operator}),
        map({ element('Value', $_) } @{ $part->{values} || [] }),
        map({ SOAP::Data->name(DateValue => $_)->type('dateTime') } @{ $part->{dates} || [] }));
}

sub call {
    my ($password, $message, $action, @elements) = @_;
    my $token = SOAP::Data->name('wsse:UsernameToken' => \SOAP::Data->value(
        SOAP::Data->name('wsse:Username' => $ENV{INTEROP_USER}),
        SOAP::Data->name('wsse:Password' => $password)));
    my $security = SOAP::Header->name('wsse:Security' => \SOAP::Data->value($token))
        ->attr({ 'xmlns:wsse' => $WSSE });
    my $soap = SOAP::Lite->proxy($endpoint)->on_action(sub { qq("$action") })
        ->on_fault(sub { my ($self, $answer) = @_; return $answer });
    return $soap->call(SOAP::Data->name($message)->attr({ xmlns => $ET }), @elements, $security);
}

# Objects are blessed into packages called as their xsi:type.
sub plain {
    my ($value) = @_;
    my $kind = Scalar::Util::reftype($value) // '';
    return [map { plain($_) } @$value] if $kind eq 'ARRAY';
    return { map { $_ => plain($value->{$_}) } keys %$value } if $kind eq 'HASH';
    return $value;
}

sub refusal {
    my ($answer) = @_;
    return { fault => { code => 'transport', text => "$answer" } } unless ref $answer;
    return { fault => { code => $answer->faultcode, text => $answer->faultstring } };
}

sub retrieve {
    my ($password, $query) = @_;
    my @options = $query->{batch}
        ? group('Options', '', element('BatchSize', $query->{batch})) : ();
    my @more = filter('Filter', $query->{filter});
    my @pages;
    while (1) {
        my $answer = call($password, 'RetrieveRequestMsg', 'Retrieve',
            group('RetrieveRequest', '', @options, element('ObjectType', $query->{type}),
                map({ element('Properties', $_) } @{ $query->{properties} }), @more));
        return refusal($answer) if !ref $answer || $answer->fault;
        push @pages, [map { plain($_) } $answer->valueof('//RetrieveResponseMsg/Results')];
        my $status = $answer->valueof('//RetrieveResponseMsg/OverallStatus');
        return { status => $status, pages => \@pages } if $status ne 'MoreDataAvailable';
        @more = element('ContinueRequest', $answer->valueof('//RetrieveResponseMsg/RequestID'));
    }
}

sub create {
    my ($password, $what) = @_;
    my @objects = map {
        my $object = $_;
        group('Objects', $what->{type}, map { element($_, $object->{$_}) } sort keys %$object);
    } @{ $what->{objects} };
    my $answer = call($password, 'CreateRequest', 'Create', group('Options', ''), @objects);
    return refusal($answer) if !ref $answer || $answer->fault;
    return {
        OverallStatus => $answer->valueof('//CreateResponse/OverallStatus'),
        Results => [map({ delete $_->{Object}; numbers($_) }
            $answer->valueof('//CreateResponse/Results'))],
    };
}

# SOAP::Lite reads untyped values as text.
sub numbers {
    my ($item) = @_;
    $item->{$_} += 0 for grep { defined $item->{$_} } qw(OrdinalID ErrorCode NewID);
    return $item;
}

open my $file, '<', $path or die "$path: $!";
my $scenario = decode_json(do { local $/; <$file> });
my $password = $ENV{INTEROP_PASSWORD};
print JSON::PP->new->utf8->encode({
    client => "SOAP::Lite $SOAP::Lite::VERSION",
    (map { $_ => retrieve($password, $scenario->{$_}) } qw(send window nested)),
    create => create($password, $scenario->{create}),
    refused => retrieve($scenario->{wrong_password}, $scenario->{send}),
});
